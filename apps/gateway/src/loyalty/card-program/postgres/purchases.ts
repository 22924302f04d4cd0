import type { Period, Purchase } from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import type { CardProgramConfig } from '../../../config/config.js';
import type { ListPurchasesOutcome } from '../card-program.js';
import { done, refused } from '../outcome.js';
import { isShown, type CardRow } from './card-row.js';

type PurchaseRow = Purchase & Pick<CardRow, 'state'> & { readonly id: string | null };

/** A card without purchases gives one row without a purchase; no card gives none. */
const LIST = `
select c.state, p.id, to_char(p.bought_at, 'YYYY-MM-DD') as date, p.item, p.amount, trim_scale(p.quantity) as quantity,
       p.location, trim_scale(p.bonuses) as bonuses
  from cards c
  left join purchases p on p.card_number = c.number and p.bought_at >= $2::date and p.bought_at < $3::date + 1
 where c.number = $1
 order by p.bought_at, p.id`;

/** The lines of the receipts of some days, both ends included, oldest first. */
export async function listPurchases(
  pool: Pool,
  cardNumber: string,
  { startDate, endDate = 'infinity' }: Period,
  policy: CardProgramConfig,
): Promise<ListPurchasesOutcome> {
  const { rows } = await pool.query<PurchaseRow>({
    name: 'list-purchases',
    text: LIST,
    values: [cardNumber, startDate, endDate],
  });
  const [first] = rows;
  if (first === undefined) return refused('cardNotFound');
  if (!isShown(first.state, policy)) return refused('cardBlocked');
  return done(rows.filter(({ id }) => id !== null));
}
