import type pg from 'pg';
import { date } from '../../../http/schema/formats.js';
import { integer, named, object, orNull, text, type TypeOf } from '../../../http/schema/schema.js';
import { statement } from '../../../storage/statement.js';
import { orderCosts } from '../../ledger/order-costs.js';

export const ORDERS_IN_DOUBT = named(
  'OrdersInDoubt',
  object(
    {
      count: integer('How many.', { minimum: 0 }),
      roubles: text('At the prices of the catalogue, exact; of the lines whose price is known.'),
      withoutPrice: integer('Orders with a line whose price the catalogue does not have.', { minimum: 0 }),
      oldestAt: orNull(date('When the oldest was accepted.')),
      newestAt: orNull(date('When the newest was accepted.')),
    },
    { description: 'The orders that wait to be sent, and what they would cost.' },
  ),
);
export type OrdersInDoubt = TypeOf<typeof ORDERS_IN_DOUBT>;

const COUNT = statement('count-orders-in-doubt')`
with waiting as (
  select id, created_at, body from orders where status in ('accepted', 'retrying')
), ${orderCosts('waiting')}
select (select count(*)::int from waiting) as count, (select coalesce(sum(roubles), 0)::text from costs) as roubles,
       (select count(distinct id)::int from costs where roubles is null) as "withoutPrice",
       (select min(created_at) from waiting) as "oldestAt", (select max(created_at) from waiting) as "newestAt"`;

/** Counts what could have been sent from a ledger that is lost: everything that is accepted or retrying in this one. */
export async function countOrdersInDoubt(pool: pg.Pool): Promise<OrdersInDoubt> {
  const { rows } = await pool.query<OrdersInDoubt>(COUNT);
  return rows[0] ?? { count: 0, roubles: '0', withoutPrice: 0, oldestAt: null, newestAt: null };
}
