import type pg from 'pg';
import { statement } from '../../../storage/statement.js';
import { orderCosts } from '../../ledger/order-costs.js';

/** The orders that wait to be sent, and what they would cost. */
export interface OrdersInDoubt {
  readonly count: number;
  /** At the prices of the catalogue, exact; of the lines whose price is known. */
  readonly roubles: string;
  /** Orders with a line whose price the catalogue does not have. */
  readonly withoutPrice: number;
  readonly oldestAt: Date | null;
  readonly newestAt: Date | null;
}

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
