import type { Pool } from 'pg';
import { SENT_BEFORE } from '../../ledger/accept-orders.js';
import { RESTORED } from './restore-attempts.js';
import type { RememberedAttempt } from './remembered-attempt.js';
import { ColumnArrays } from '../../../storage/column-arrays.js';
import { statement } from '../../../storage/statement.js';

const KEYS = new ColumnArrays<NonNullable<RememberedAttempt['begun']>>({
  producer: ['text', ({ producer }) => producer],
  key: ['text', ({ idempotencyKey }) => idempotencyKey],
});

const REMEMBER = statement('remember-sent-keys')`
with given as (
  select distinct * from ${KEYS.rowsAs('g')}
), remembered as (
  insert into send_journal_findings (key) select '${SENT_BEFORE}' || producer || ' ' || key from given
  on conflict do nothing
), doubted as (
  update orders o set status = 'unknown', updated_at = now(), generation = o.generation + 1
    from given g
   where o.api_key_name = g.producer and o.idempotency_key = g.key and o.status in ('accepted', 'retrying')
  returning o.id
)
insert into order_events (order_id, status, cause) select id, 'unknown', '${RESTORED}' from doubted`;

/**
 * The ledger does not have these orders, and they may have been bought. A producer that got no answer, or does not find
 * its order any more, posts it again under the same idempotency key: that order begins as unknown, and a person
 * decides. One that was posted again before the journals were compared becomes unknown now.
 */
export async function rememberSentKeys(pool: Pool, strangers: readonly RememberedAttempt[]): Promise<void> {
  const begun = strangers.flatMap(({ begun: line }) => line ?? []);
  if (begun.length === 0) return;
  await pool.query({
    ...REMEMBER,
    values: KEYS.of(begun),
  });
}
