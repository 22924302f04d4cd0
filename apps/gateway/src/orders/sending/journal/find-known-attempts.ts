import type { Pool } from 'pg';
import type { AuditAction } from '../../../audit/action.js';
import type { OrderStatus } from '../../order-status.js';
import { ColumnArrays } from '../../../storage/column-arrays.js';
import { statement } from '../../../storage/statement.js';

/** What the ledger has of an attempt. */
export interface KnownAttempt {
  /** Null: unknown order. */
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

interface AttemptName {
  readonly orderId: string;
  readonly attempt: number;
}

const NAMES = new ColumnArrays<AttemptName>({
  id: ['uuid', ({ orderId }) => orderId],
  number: ['integer', ({ attempt }) => attempt],
});

const PURGE: AuditAction = 'orders.purge';

const FIND = statement('find-known-attempts')`
select o.status, o.id is null and exists (
         select from audit p where p.action = '${PURGE}' and p.details -> 'orders' ? w.id::text) as "isPurged",
       o.attempts, o.troika_order_id as "troikaOrderId", a.order_id is not null as "isKnown", a.outcome
  from ${NAMES.rowsAs('w', 'place')}
  left join orders o using (id)
  left join order_attempts a on a.order_id = w.id and a.number = w.number
 order by w.place`;

/** @returns one entry per attempt, in the order given */
export async function findKnownAttempts(pool: Pool, attempts: readonly AttemptName[]): Promise<KnownAttempt[]> {
  const { rows } = await pool.query<KnownAttempt>({
    ...FIND,
    values: NAMES.of(attempts),
  });
  return rows;
}
