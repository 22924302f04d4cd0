import type { ClientBase, Pool } from 'pg';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';
import { jobIdOf, type SendJob } from './send-job.js';

/** A job that wants to be sent. */
export interface ClaimRequest extends SendJob {
  /** Another for each request, the same when it is made again: the answer to the first may have been lost. */
  readonly claimId: string;
  /** Sent although the breaker is open, to find out whether the partner can be reached. */
  readonly isProbe: boolean;
  /** The job that it is made for, where that is another order's. */
  readonly jobId?: string;
}

/** The right to send an order once, with the attempt already written down. */
export interface Claim {
  readonly orderId: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** The attempts that found the partner out of reach; they do not count against the schedule. */
  readonly freeAttempts: number;
  readonly body: string;
  /** Whose order it is: the name of the producer's key, its idempotency key, and SHA-256 of what was posted. */
  readonly producer: string;
  readonly idempotencyKey: string;
  readonly requestHash: Buffer;
  /** An attempt before this one may have been executed, and only a rule has sent the order again. */
  readonly inDoubt: boolean;
  /** Attempts before this one did not reach the partner: that this one did is worth telling the breaker. */
  readonly troubled: boolean;
}

export type ClaimOutcome =
  | { readonly kind: 'claimed'; readonly claim: Claim }
  /** Late, doubled, of an earlier generation, or settled otherwise: there is nothing to do. */
  | { readonly kind: 'nothing' }
  /** The guarantee fund is under its floor: nothing was changed. */
  | { readonly kind: 'held' }
  /** Sending is stopped, the ledger is not the one it was, or this process may not send: nothing was changed. */
  | { readonly kind: 'stopped' }
  /** The breaker is open: nothing was changed. `probeInMs` is 0 when it is time for a probe. */
  | { readonly kind: 'breaker-open'; readonly probeInMs: number; readonly isProbing: boolean };

const REQUESTS = new ColumnArrays<ClaimRequest>(
  {
    id: ['uuid', ({ orderId }) => orderId],
    generation: ['integer', ({ generation }) => generation],
    claim_id: ['uuid', ({ claimId }) => claimId],
    is_probe: ['boolean', ({ isProbe }) => isProbe],
    job_id: ['text', (request) => request.jobId ?? jobIdOf(request)],
  },
  3,
);

const CLAIM = statement('claim-orders')`
with breaker as (
  select b.open_until, b.probing, b.failures, h.held,
         g.state = 'open' and g.identity = ledger_facts() and ($2::text is null or $2 = server_run()) as may_send
    from partner_breaker b cross join sending_hold h cross join sending_guard g
), wanted as (
  select w.* from ${REQUESTS.rowsAs('w')}, breaker b
   where (b.open_until is null or w.is_probe) and not b.held and b.may_send
), claimed as (
  update orders o
     set status = 'sending', attempts = o.attempts + 1, updated_at = now(), claim_id = w.claim_id, job_id = null,
         lease_expires_at = now() + $1 * interval '1 millisecond'
    from wanted w
   where o.id = w.id and o.generation = w.generation and o.status in ('accepted', 'retrying')
     -- One that has let another go before it waits for the other's job.
     and (o.job_id is null or o.job_id = w.job_id)
     -- A queue that goes by a wrong clock brings orders early; the sweeper brings them again once they are due.
     and o.due_at < now() + interval '3 seconds'
  returning o.id, o.claim_id, o.attempts, o.free_attempts, o.body, o.in_doubt, o.api_key_name, o.idempotency_key,
            o.request_hash
), attempt as (
  insert into order_attempts (order_id, number) select id, attempts from claimed
), noted as (
  insert into order_events (order_id, status, cause) select id, 'sending', 'claimed' from claimed
), held as (
  update orders o set lease_expires_at = now() + $1 * interval '1 millisecond'
    from ${REQUESTS.rowsAs('w')}, breaker b
   where o.id = w.id and o.claim_id = w.claim_id and o.status = 'sending' and b.may_send
  returning o.id, o.claim_id, o.attempts, o.free_attempts, o.body, o.in_doubt, o.api_key_name, o.idempotency_key,
            o.request_hash
), given as (
  select * from claimed union all select * from held
)
select g.id as "orderId", g.claim_id as "claimId", g.attempts as attempt, g.free_attempts as "freeAttempts", g.body::text as body,
       g.in_doubt as "inDoubt", g.api_key_name as producer, g.idempotency_key as "idempotencyKey",
       g.request_hash as "requestHash",
       (extract(epoch from b.open_until - now()) * 1000)::float8 as "probeInMs", b.probing,
       b.failures > 0 as troubled, b.held, b.may_send as "maySend"
  from breaker b left join given g on true`;

interface ClaimRow {
  readonly orderId: string | null;
  readonly claimId: string | null;
  readonly attempt: number | null;
  readonly freeAttempts: number | null;
  readonly body: string | null;
  readonly inDoubt: boolean | null;
  readonly producer: string | null;
  readonly idempotencyKey: string | null;
  readonly requestHash: Buffer | null;
  readonly probeInMs: number | null;
  readonly probing: boolean;
  readonly troubled: boolean;
  readonly held: boolean;
  readonly maySend: boolean;
}

/**
 * Moves orders to `sending` and writes their attempts down, in one statement that is committed before anything is
 * sent. Only the one who gets a claim here may send: a job that is late, doubled or of an earlier generation gets none, while
 * the breaker is open only a probe does, and while the guarantee fund is under its floor none does. None does either
 * while sending is stopped, or when PostgreSQL is not what it was when this ledger was made (`sending/guard/`). A request
 * that is repeated under its claim id gets the claim it had.
 *
 * @param db the pool, or the client of a transaction that they belong to
 * @param leaseMs how long a claim holds; after it, the order counts as unknown
 * @param serverRun the run of the server on which this process has checked the ledger; undefined: any
 * @returns one outcome per request
 */
export async function claimOrders(
  db: Pool | ClientBase,
  requests: readonly ClaimRequest[],
  leaseMs: number,
  serverRun?: string,
): Promise<ClaimOutcome[]> {
  const { rows } = await db.query<ClaimRow>({
    ...CLAIM,
    values: [leaseMs, serverRun ?? null, ...REQUESTS.of(requests)],
  });
  const maySend = rows[0]?.maySend === true;
  const probeInMs = rows[0]?.probeInMs ?? null;
  const isProbing = rows[0]?.probing === true;
  const isHeld = rows[0]?.held === true;
  // Of a job that came twice in one batch one request gets the claim: the one whose id stands in the ledger.
  const claims = new Map(rows.map((row) => [row.claimId, row]));
  return requests.map(({ orderId, claimId, isProbe }) => {
    const claim = claimOf(orderId, claims.get(claimId));
    if (claim !== undefined) return { kind: 'claimed', claim };
    if (!maySend) return { kind: 'stopped' };
    if (isHeld) return { kind: 'held' };
    if (probeInMs !== null && !isProbe) {
      return { kind: 'breaker-open', probeInMs: Math.max(0, Math.ceil(probeInMs)), isProbing };
    }
    return { kind: 'nothing' };
  });
}

function claimOf(orderId: string, row: ClaimRow | undefined): Claim | undefined {
  if (row === undefined) return undefined;
  const { attempt, freeAttempts, body, producer, idempotencyKey, requestHash, inDoubt, troubled } = row;
  if (attempt === null || freeAttempts === null || body === null) return undefined;
  if (producer === null || idempotencyKey === null || requestHash === null) return undefined;
  const origin = { producer, idempotencyKey, requestHash };
  return { orderId, attempt, freeAttempts, body, ...origin, inDoubt: inDoubt === true, troubled };
}
