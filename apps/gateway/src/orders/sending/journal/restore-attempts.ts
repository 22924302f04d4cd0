import type { Pool, PoolClient } from 'pg';
import { runTransaction } from '../../../storage/transaction.js';
import { isDataError } from '../../ledger/ledger.js';
import { settleAttempts, type AttemptSettlement } from '../../ledger/settle-attempts.js';
import type { RememberedAttempt } from './remembered-attempt.js';
import { settlementOf } from './remembered-settlement.js';
import { ColumnArrays } from '../../../storage/column-arrays.js';
import { statement } from '../../../storage/statement.js';

/** The cause in the order's history, and the reason of an attempt without an outcome. */
export const RESTORED = 'ledger-restored';

const REMEMBERED = new ColumnArrays<RememberedAttempt>({
  id: ['uuid', ({ orderId }) => orderId],
  number: ['integer', ({ attempt }) => attempt],
  began_at: ['timestamptz', ({ begun, ended }) => begun?.at ?? ended?.at ?? null],
});
const RESTORED_NAMES = new ColumnArrays<RestoredAttempt>({
  id: ['uuid', ({ orderId }) => orderId],
  number: ['integer', ({ attempt }) => attempt],
});

/** Attempts go in as a claim writes them; an order that was put back since, by a person, is put back here as well. */
const WRITE = statement('write-remembered-attempts')`
with given as (
  select * from ${REMEMBERED.rowsAs('g')}
), locked as (
  select id, status, attempts from orders where id in (select id from given) order by id for update
), written as (
  insert into order_attempts (order_id, number, started_at)
  select g.id, g.number, coalesce(g.began_at, now()) from given g join locked using (id)
  on conflict do nothing
  returning order_id as id, number
), replayed as (
  update orders o set status = 'retrying'
    from written w join locked l using (id)
   where o.id = w.id and w.number > l.attempts and l.status in ('failed', 'rejected')
)
select id as "orderId", number as attempt from written`;

/** An attempt that is older than the last one the ledger knows decides nothing, unless it was paid. */
const CLAIM = statement('claim-remembered-attempts')`
update orders o
   set status = case when o.status in ('accepted', 'retrying') then 'sending' else o.status end,
       attempts = w.number, claim_id = null, lease_expires_at = null
  from ${RESTORED_NAMES.rowsAs('w')}
 where o.id = w.id and w.number > o.attempts`;

/** An attempt that is now in the ledger. */
export type RestoredAttempt = Pick<RememberedAttempt, 'orderId' | 'attempt'>;

/**
 * Writes attempts into the ledger that it does not know: as a claim would have done, and then settled, so that every
 * rule about outcomes holds for them too. An attempt without an outcome makes its order unknown. All of it is one
 * transaction: at no moment can such an order be sent.
 *
 * @param attempts at most one per order
 * @returns those that were written; another process may have been first
 */
export async function restoreAttempts(pool: Pool, attempts: readonly RememberedAttempt[]): Promise<RestoredAttempt[]> {
  try {
    return await runTransaction(pool, (client) => restore(client, attempts));
  } catch (error) {
    if (!isDataError(error)) throw error;
    // One of them cannot be written: it is tried alone, and then without its outcome.
    const [first, ...others] = attempts;
    if (first === undefined) return [];
    if (others.length === 0 && first.ended === undefined) throw error;
    if (others.length === 0) return await restoreAttempts(pool, [{ ...first, ended: undefined }]);
    const middle = attempts.length >> 1;
    const front = await restoreAttempts(pool, attempts.slice(0, middle));
    return [...front, ...(await restoreAttempts(pool, attempts.slice(middle)))];
  }
}

async function restore(client: PoolClient, attempts: readonly RememberedAttempt[]): Promise<RestoredAttempt[]> {
  const { rows: written } = await client.query<RestoredAttempt>({
    ...WRITE,
    values: REMEMBERED.of(attempts),
  });
  await client.query({
    ...CLAIM,
    values: RESTORED_NAMES.of(written),
  });
  const fresh = new Set(written.map(({ orderId }) => orderId));
  await settleAttempts(client, attempts.filter(({ orderId }) => fresh.has(orderId)).map(outcomeOf));
  return written;
}

function outcomeOf(attempt: RememberedAttempt): AttemptSettlement {
  const { orderId, attempt: number, ended } = attempt;
  if (ended !== undefined) return settlementOf(ended, RESTORED);
  return {
    orderId,
    attempt: number,
    verdict: { status: 'unknown', cause: RESTORED },
    outcome: 'unknown',
    reason: RESTORED,
    httpStatus: null,
    durationMs: 0,
    keyId: null,
    answer: null,
    isFree: false,
    dueInMs: 0,
  };
}
