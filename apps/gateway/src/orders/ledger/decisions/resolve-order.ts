import type { Pool } from 'pg';
import type { OrderRecord } from '../../order.js';
import type { SendJob } from '../send-job.js';
import { ORDER_COLUMNS } from '../order-columns.js';
import type { AuditAction } from '../../../audit/action.js';
import type { Actor } from '../../../audit/actor.js';
import { statement } from '../../../storage/statement.js';

/** What a person may say of an order of which no one knows whether it was executed. */
export type ResolutionKind = 'confirmed' | 'resend' | 'fail';

/** Which state each leads to, and what the order's history says. */
export const RESOLUTIONS = {
  confirmed: { status: 'confirmed', cause: 'resolved-as-executed' },
  resend: { status: 'retrying', cause: 'resolved-as-not-executed' },
  fail: { status: 'failed', cause: 'resolved-as-not-executed' },
} as const satisfies Record<ResolutionKind, { status: string; cause: string }>;

export interface Resolution {
  readonly kind: ResolutionKind;
  /** For `confirmed`: the partner's id of the order, and its amount if the partner answered it. */
  readonly troikaOrderId: string | null;
  readonly totalAmount: string | null;
  /** The partner's order may be one that another order of ours has already. */
  readonly force: boolean;
  /** Details for the audit beside the actor. */
  readonly details: Readonly<Record<string, unknown>>;
}

const ACTION: AuditAction = 'order.resolve';

const RESOLVE = statement('resolve-order')`
with decided as (
  update orders o
     set status = $2::text, updated_at = now(), in_doubt = false,
         troika_order_id = coalesce($3::text, o.troika_order_id), total_amount = coalesce($4::text, o.total_amount),
         generation = o.generation + case when $2::text = 'retrying' then 1 else 0 end,
         free_attempts = case when $2::text = 'retrying' then o.attempts else o.free_attempts end,
         due_at = case when $2::text = 'retrying' then now() else o.due_at end
   where o.id = $1 and o.status = 'unknown'
     and ($5::boolean or $3::text is null or not exists (select from orders x where x.troika_order_id = $3::text and x.id <> o.id))
  returning *
), holder as (
  insert into troika_order_ids (troika_order_id, order_id) select $3::text, id from decided where $3::text is not null
  on conflict do nothing
), noted as (
  insert into order_events (order_id, status, cause) select id, status, $6 from decided
), audited as (
  insert into audit (who, action, order_id, why, details) select $7, '${ACTION}', id, $8, $9::jsonb from decided
)
select generation, ${ORDER_COLUMNS} from decided`;

/**
 * Decides the outcome of an unknown order: one statement that moves it on, writes its history and the audit.
 *
 * @returns the order as it is now and, when it is to be sent again, its generation; undefined when it is not unknown
 *   (any more), or when its partner's order belongs to another one
 */
export async function resolveOrder(
  pool: Pool,
  orderId: string,
  { kind, troikaOrderId, totalAmount, force, details }: Resolution,
  { who, why }: Actor,
): Promise<{ order: OrderRecord; job: SendJob | undefined } | undefined> {
  const { status, cause } = RESOLUTIONS[kind];
  const { rows } = await pool.query<OrderRecord & { generation: number }>({
    ...RESOLVE,
    values: [orderId, status, troikaOrderId, totalAmount, force, cause, who, why ?? null, JSON.stringify(details)],
  });
  const [order] = rows;
  if (order === undefined) return undefined;
  return { order, job: kind === 'resend' ? { orderId, generation: order.generation } : undefined };
}

const FIND_HOLDER = statement('find-holder')`
select id from orders where troika_order_id = $1 and id <> $2 limit 1`;

/** Which other order of ours has this order of the partner. */
export async function findHolder(pool: Pool, troikaOrderId: string, orderId: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ id: string }>({
    ...FIND_HOLDER,
    values: [troikaOrderId, orderId],
  });
  return rows[0]?.id;
}
