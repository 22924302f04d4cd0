import type { Pool } from 'pg';
import type { OrderStatus } from '../../order-status.js';
import { statement } from '../../../storage/statement.js';

/** What the ledger has of an attempt. */
export interface KnownAttempt {
  /** Null: there is no such order. */
  readonly status: OrderStatus | null;
  /** There was one, and a person has purged it. */
  readonly isPurged: boolean;
  /** How many attempts the order had. */
  readonly attempts: number | null;
  /** The partner's id of the order. */
  readonly troikaOrderId: string | null;
  readonly isKnown: boolean;
  readonly outcome: 'answered' | 'not-sent' | 'not-executed' | 'unknown' | null;
}

const FIND = statement('find-known-attempts')`
select o.status, o.id is null and exists (
         select from audit p where p.action = 'orders.purge' and p.details -> 'orders' ? w.id::text) as "isPurged",
       o.attempts, o.troika_order_id as "troikaOrderId", a.order_id is not null as "isKnown", a.outcome
  from unnest($1::uuid[], $2::integer[]) with ordinality as w (id, number, place)
  left join orders o using (id)
  left join order_attempts a on a.order_id = w.id and a.number = w.number
 order by w.place`;

/** @returns one entry per attempt, in the order given */
export async function findKnownAttempts(
  pool: Pool,
  attempts: readonly { readonly orderId: string; readonly attempt: number }[],
): Promise<KnownAttempt[]> {
  const { rows } = await pool.query<KnownAttempt>({
    ...FIND,
    values: [attempts.map(({ orderId }) => orderId), attempts.map(({ attempt }) => attempt)],
  });
  return rows;
}
