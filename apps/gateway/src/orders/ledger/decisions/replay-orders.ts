import type { Pool } from 'pg';
import type { OrderRecord } from '../../order.js';
import type { SendJob } from '../send-job.js';
import { conditionsOf } from '../list-orders.js';
import type { OrderFilter } from '../order-search.js';
import { ORDER_COLUMNS } from '../order-columns.js';
import type { AuditAction } from '../../../audit/action.js';
import type { Actor } from '../../../audit/actor.js';
import { statement } from '../../../storage/statement.js';

/** What may be sent again: surely never executed. */
export const REPLAYABLE = ['failed', 'rejected'] as const;
export type Replayable = (typeof REPLAYABLE)[number];

/** An anonymised order has no one left to be sent for. */
const SENDABLE = 'anonymised_at is null and not erase_requested';
const SEND_AGAIN = `set status = 'retrying', updated_at = now(), generation = o.generation + 1,
         free_attempts = o.attempts, due_at = now(), in_doubt = false`;
const ONE: AuditAction = 'order.replay';
const MANY: AuditAction = 'orders.replay';

const REPLAY = statement('replay-order')`
with replayed as (
  update orders o ${SEND_AGAIN}
   where o.id = $1 and o.status in ('failed', 'rejected') and ${SENDABLE}
  returning *
), noted as (
  insert into order_events (order_id, status, cause) select id, 'retrying', 'replayed' from replayed
), audited as (
  insert into audit (who, action, order_id, why) select $2, '${ONE}', id, $3 from replayed
)
select generation, ${ORDER_COLUMNS} from replayed`;

/**
 * Sends a failed or rejected order again, with its whole retry schedule before it.
 *
 * @returns the order and its generation; undefined when it is in another state or anonymised
 */
export async function replayOrder(
  pool: Pool,
  orderId: string,
  { who, why }: Actor,
): Promise<{ order: OrderRecord; job: SendJob } | undefined> {
  const { rows } = await pool.query<OrderRecord & { generation: number }>({
    ...REPLAY,
    values: [orderId, who, why ?? null],
  });
  const [order] = rows;
  return order && { order, job: { orderId, generation: order.generation } };
}

/** Which orders, the oldest first. */
export interface ReplayFilter extends Omit<OrderFilter, 'statuses'> {
  readonly statuses: readonly Replayable[];
  readonly limit: number;
}

/**
 * Sends many again, in one statement with one entry of the audit that names them all.
 *
 * @returns their jobs
 */
export async function replayOrders(pool: Pool, filter: ReplayFilter, { who, why }: Actor): Promise<SendJob[]> {
  const values: unknown[] = [who, why ?? null, JSON.stringify({ filter }), filter.limit];
  // Statuses are literals of our own list, so that the partial index serves.
  const statuses = `status in (${filter.statuses.map((status) => `'${status}'`).join(', ')})`;
  const conditions = [statuses, SENDABLE, ...conditionsOf(filter, values)].join(' and ');
  const { rows } = await pool.query<SendJob>(
    `
with chosen as (
  select id from orders where ${conditions} order by created_at, id limit $4 for update skip locked
), replayed as (
  update orders o ${SEND_AGAIN} from chosen c where o.id = c.id
  returning o.id, o.generation
), noted as (
  insert into order_events (order_id, status, cause) select id, 'retrying', 'replayed' from replayed
), audited as (
  insert into audit (who, action, why, details)
  select $1, '${MANY}', $2,
         $3::jsonb || jsonb_build_object('count', count(*), 'orders', coalesce(jsonb_agg(id), '[]')) from replayed
)
select id as "orderId", generation from replayed`,
    values,
  );
  return rows;
}
