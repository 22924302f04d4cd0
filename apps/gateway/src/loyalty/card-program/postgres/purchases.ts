import type { Period, Purchase } from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import type { CardProgramConfig } from '../../../config/config.js';
import type { ListPurchasesOutcome } from '../card-program.js';
import { done, refused } from '../outcome.js';
import { BATCH_SIZE, readBatches } from './batches.js';
import { isShown, type CardRow } from './card-row.js';
import { statement } from '../../../storage/statement.js';

/** A line and its position in the list: its time to the microsecond, and its id. */
type Line = Purchase & { readonly id: string | null; readonly place: string };

const lines = (after: string): string => `
select p.id, p.bought_at::text as place, to_char(p.bought_at, 'YYYY-MM-DD') as date, p.item, p.amount,
       trim_scale(p.quantity) as quantity, p.location, trim_scale(p.bonuses) as bonuses
  from purchases p
 where p.card_number = $1 and p.bought_at >= $2::date and p.bought_at < $3::date + 1 ${after}
 order by p.bought_at, p.id limit ${BATCH_SIZE}`;

/** A card without purchases gives one row without a purchase; an unknown card gives no row. */
const FIRST = statement('list-purchases')`select c.state, p.* from cards c left join lateral (${lines('')}) p on true
 where c.number = $1 order by p.place::timestamp, p.id`;
const NEXT = statement('list-more-purchases')`${lines('and (p.bought_at, p.id) > ($4::timestamp, $5::bigint)')}`;

/** The lines of the receipts of some days, both ends included, oldest first. */
export async function listPurchases(
  pool: Pool,
  cardNumber: string,
  { startDate, endDate = 'infinity' }: Period,
  policy: CardProgramConfig,
): Promise<ListPurchasesOutcome> {
  const period = [cardNumber, startDate, endDate];
  const { rows } = await pool.query<Line & Pick<CardRow, 'state'>>({
    ...FIRST,
    values: period,
  });
  const [first] = rows;
  if (first === undefined) return refused('cardNotFound');
  if (!isShown(first.state, policy)) return refused('cardBlocked');
  const next = async ({ place, id }: Line): Promise<Line[]> => {
    return (await pool.query<Line>({ ...NEXT, values: [...period, place, id] })).rows;
  };
  return done(
    readBatches<Line>(
      rows.filter(({ id }) => id !== null),
      next,
    ),
  );
}
