import type pg from 'pg';
import { IS_OUTSIDE_WINDOW } from '../orders/ledger/claim-orders.js';
import type { HealthCheck } from './health-watch.js';
import { statement } from '../storage/statement.js';

/** How long the oldest order may be due beyond the time that the rate needs for all that are due. */
const GRACE_SECS = 30;
/** More are not counted: the allowance is hours by then. */
const MOST_COUNTED = 200_000;

/**
 * How long the oldest due order has been due, how many are, and whether something lets orders wait on purpose: the
 * breaker, the floor of the fund, the hour, or that sending is stopped.
 */
const LOOK = statement('overdue-orders')`
with due as (
  select due_at from orders where status in ('accepted', 'retrying') and due_at < now() order by due_at limit ${MOST_COUNTED}
)
select count(*)::int as orders, coalesce(extract(epoch from now() - min(due_at)), 0)::float8 as "ageSecs",
       (select open_until is not null from partner_breaker) or (select h.held or (${IS_OUTSIDE_WINDOW}) from sending_hold h)
         or (select state <> 'open' or identity <> ledger_facts() from sending_guard) as paused
  from due`;

/**
 * Whether orders leave: the oldest due order against what the rate limiter allows. It detects what keeps orders from
 * leaving without an error – a queue that starts nothing, dead workers, a rate used up by others.
 *
 * @param ratePerSecond of all calls to Тройка Бизнес
 */
export function checkOverdueOrders(
  pool: pg.Pool,
  ratePerSecond: number,
  { graceSecs = GRACE_SECS }: { readonly graceSecs?: number } = {},
): HealthCheck {
  // Since when this process has seen no reason to wait: orders that became due earlier must be caught up first.
  let freeSince = performance.now();
  return {
    kinds: ['orders.overdue'],
    find: async () => {
      const { rows } = await pool.query<{ orders: number; ageSecs: number; paused: boolean }>(LOOK);
      const { orders, ageSecs, paused } = rows[0] ?? { orders: 0, ageSecs: 0, paused: false };
      if (paused || orders === 0) {
        freeSince = performance.now();
        return [];
      }
      const waitedSecs = Math.min(ageSecs, (performance.now() - freeSince) / 1_000);
      if (waitedSecs <= graceSecs + (2 * orders) / ratePerSecond) return [];
      return [
        {
          kind: 'orders.overdue',
          severity: 'critical',
          message: `${orders} orders are due and do not leave, the oldest for ${Math.round(ageSecs)} s: no worker takes them, or the queue starts none. Look at the log of the workers and at the queue.`,
        },
      ];
    },
  };
}
