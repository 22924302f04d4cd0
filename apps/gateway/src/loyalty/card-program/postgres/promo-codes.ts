import type { PromoCodeEntry } from '@vestibule/koshelek-contract';
import type { Pool, PoolClient } from 'pg';
import type { SubmitPromoCodeOutcome } from '../card-program.js';
import { DONE, refused } from '../outcome.js';
import { TODAY } from './card-row.js';
import { findHolder } from './promo-holder.js';
import { inTransaction } from './transaction.js';
import { statement } from '../../../storage/statement.js';

interface PromoCodeRow {
  readonly id: string;
  readonly started: boolean;
  readonly over: boolean;
  readonly usedUp: boolean;
  /** How often one card may use it. */
  readonly limit: number;
}

/** Locked until the end of the transaction, so that the uses are counted one after the other. */
const LOCK = statement('lock-promo-code')`
select id, coalesce(starts_at <= now(), true) as started, coalesce(ends_at <= now(), false) as over,
       coalesce(uses >= max_uses, false) as "usedUp", max_uses_by_card as limit
  from promo_codes where without_case(code) = without_case($1) for update`;

const REDEEM = statement('redeem-promo-code')`
with code as (
  update promo_codes set uses = uses + 1 where id = $1 returning id, description, bonus, bonus_days
), lot as (
  insert into bonus_lots (card_number, description, amount, valid_until, source, external_id)
  select $2, description, bonus, ${TODAY} + bonus_days, 'promo-code', id || '/' || $2 || '/' || $3::integer from code
  returning id
)
insert into promo_redemptions (promo_code_id, card_number, turn, lot_id, raw)
select $1, $2, $3::integer, id, $4 from lot`;

/** Redeems a promo code for a holder and credits its bonus. */
export function submitPromoCode(
  pool: Pool,
  { holder, code, rawBody }: PromoCodeEntry,
): Promise<SubmitPromoCodeOutcome> {
  return inTransaction<SubmitPromoCodeOutcome>(pool, async (client) => {
    const card = await findHolder(client, holder);
    if (card.kind === 'refused') return card;
    const { rows } = await client.query<PromoCodeRow>({ ...LOCK, values: [code] });
    const [promo] = rows;
    if (promo === undefined) return refused('promoCodeUnknown');
    if (!promo.started) return refused('promoCodeNotStarted');
    if (promo.over) return refused('promoCodeExpired');
    const turns = await countTurns(client, promo.id, card.value);
    // Checked first, because a repeated request with a one-time code should get this answer.
    if (turns >= promo.limit) return refused('promoCodeMemberLimit');
    if (promo.usedUp) return refused('promoCodeUsedUp');
    const values = [promo.id, card.value, turns + 1, rawBody];
    await client.query({ ...REDEEM, values });
    return DONE;
  });
}

const COUNT_PROMO_TURNS = statement('count-promo-turns')`
select count(*)::integer as turns from promo_redemptions where promo_code_id = $1 and card_number = $2`;

async function countTurns(client: PoolClient, promoCodeId: string, cardNumber: string): Promise<number> {
  const { rows } = await client.query<{ turns: number }>({
    ...COUNT_PROMO_TURNS,
    values: [promoCodeId, cardNumber],
  });
  return rows[0]?.turns ?? 0;
}
