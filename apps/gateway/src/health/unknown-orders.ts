import type pg from 'pg';
import { statement } from '../storage/statement.js';
import type { HealthCheck } from './health-watch.js';

const COUNT = statement('count-unknown-orders')`
select count(*)::int as orders from orders where status = 'unknown'`;

/** Whether orders wait for a decision: one event from the first of a burst until each of them is decided. */
export function checkUnknownOrders(pool: pg.Pool): HealthCheck {
  return {
    kinds: ['orders.unknown'],
    find: async () => {
      const { rows } = await pool.query<{ orders: number }>(COUNT);
      const orders = rows[0]?.orders ?? 0;
      if (orders === 0) return [];
      const message = `No one knows whether Тройка Бизнес executed ${orders === 1 ? 'an order' : `${orders} orders`}. Decide about each: POST /admin/orders/plans, or the operators' page.`;
      return [{ kind: 'orders.unknown', severity: 'warning', message }];
    },
  };
}
