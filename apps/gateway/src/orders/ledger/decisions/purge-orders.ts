import type { Pool } from 'pg';
import type { AuditAction } from '../../../audit/action.js';
import type { Actor } from '../../../audit/actor.js';

/** What may be thrown away: nothing was executed there, and nothing will be. */
export const PURGEABLE = ['failed', 'rejected', 'cancelled'] as const;
export type Purgeable = (typeof PURGEABLE)[number];

export interface PurgeFilter {
  readonly statuses: readonly Purgeable[];
  /** How long an order has been in its state, at least. */
  readonly olderThanDays: number;
  readonly reference: string | undefined;
  readonly limit: number;
}

const ACTION: AuditAction = 'orders.purge';

/**
 * A cancelled order that the partner had confirmed before is part of the accounts: it stays.
 */
const NEVER_EXECUTED = 'troika_order_id is null';

/**
 * Deletes orders, the oldest first, with their attempts and their history; the audit keeps their ids. Their idempotency
 * keys are free again: the age must be more than the time in which a producer may still repeat a call.
 *
 * @returns how many
 */
export async function purgeOrders(pool: Pool, filter: PurgeFilter, { who, why }: Actor): Promise<number> {
  const values: unknown[] = [who, why ?? null, JSON.stringify({ filter }), filter.limit, filter.olderThanDays];
  const conditions = [
    `status in (${filter.statuses.map((status) => `'${status}'`).join(', ')})`,
    `updated_at < now() - $5 * interval '1 day'`,
    NEVER_EXECUTED,
  ];
  if (filter.reference !== undefined) conditions.push(`reference = $${values.push(filter.reference)}`);
  const { rows } = await pool.query<{ count: number }>(
    `
with chosen as (
  select id from orders where ${conditions.join(' and ')} order by created_at, id limit $4 for update skip locked
), purged as (
  delete from orders o using chosen c where o.id = c.id returning o.id
), audited as (
  insert into audit (who, action, why, details)
  select $1, '${ACTION}', $2,
         $3::jsonb || jsonb_build_object('count', count(*), 'orders', coalesce(jsonb_agg(id), '[]')) from purged
)
select count(*)::int as count from purged`,
    values,
  );
  return rows[0]?.count ?? 0;
}
