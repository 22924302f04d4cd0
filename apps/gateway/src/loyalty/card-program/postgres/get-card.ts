import type { BonusLot } from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import type { CardProgramConfig } from '../../../config/config.js';
import type { GetCardOutcome } from '../card-program.js';
import { done, refused } from '../outcome.js';
import { CARD_COLUMNS, isShown, LOT_COUNTS, LOT_HAS_BEGUN, LOT_ORDER, toCard, type CardRow } from './card-row.js';
import { statement } from '../../../storage/statement.js';

interface BalanceRow extends CardRow {
  readonly total: string;
  readonly available: string;
  readonly bonuses: readonly BonusLot[];
}

const GET = statement('get-card')`
with lots as (
  select id, description, amount - spent as rest, available_from, valid_until
    from bonus_lots
   where card_number = $1 and ${LOT_COUNTS}
)
select ${CARD_COLUMNS}, balance.*
  from cards c cross join (
    select trim_scale(coalesce(sum(rest), 0))::text as total,
           trim_scale(coalesce(sum(rest) filter (where ${LOT_HAS_BEGUN}), 0))::text as available,
           coalesce(json_agg(json_build_object(
             'description', description, 'amount', trim_scale(rest)::text, 'validUntil', valid_until
           ) order by ${LOT_ORDER}), '[]') as bonuses
      from lots
  ) as balance
 where c.number = $1`;

/** A card and its balance. */
export async function getCard(pool: Pool, cardNumber: string, policy: CardProgramConfig): Promise<GetCardOutcome> {
  const { rows } = await pool.query<BalanceRow>({ ...GET, values: [cardNumber] });
  const [card] = rows;
  if (card === undefined) return refused('cardNotFound');
  if (!isShown(card.state, policy)) return refused('cardBlocked');
  const { total, available, bonuses } = card;
  return done({ ...toCard(card), bonus: { total, available, bonuses } });
}
