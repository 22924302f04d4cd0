import type { ClientBase, Pool } from 'pg';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';
import { isVouchedFor, mostTrials, trialsOf } from '../../partner/breaker-statements.js';
import type { Claim, ClaimOutcome, ClaimRequest } from './claim.js';
import { jobIdOf } from './send-job.js';

/** Of unknown outcomes: the breaker opens for other reasons only. */
export const NO_LIMIT = 1_000_000;

/** Whether orders wait for the hours in which they are sent; `h` is the row of sending_hold. */
export const IS_OUTSIDE_WINDOW = `
  h.window_opens is not null
    and outside_window_since(h.window_opens, h.window_closes, h.window_zone, clock_timestamp()) is not null`;

const REQUESTS = new ColumnArrays<ClaimRequest>(
  {
    id: ['uuid', ({ orderId }) => orderId],
    generation: ['integer', ({ generation }) => generation],
    claim_id: ['uuid', ({ claimId }) => claimId],
    is_probe: ['boolean', ({ isProbe }) => isProbe],
    job_id: ['text', (request) => request.jobId ?? jobIdOf(request)],
  },
  4,
);

const CLAIM = statement('claim-orders')`
with breaker as (
  select b.open_until, b.probing, b.failures > 0 or b.unknowns > 0 as troubled, h.held,
         ${isVouchedFor('b')} as is_vouched_for, ${IS_OUTSIDE_WINDOW} as is_outside,
         g.state = 'open' and g.identity = ledger_facts() and ($2::text is null or $2 = server_run()) as may_send
    from partner_breaker b cross join sending_hold h cross join sending_guard g
), room as materialized (
  -- Locked only while no answer vouches for the partner: then all processes count the orders under way together.
  select l.trials, ${mostTrials('l', '$3::integer')} - l.trials as free
    from (select b.unknowns, ${trialsOf('b')} as trials
            from partner_breaker b, breaker s
           where not s.is_vouched_for and s.may_send and not s.held and not s.is_outside
             and b.open_until is null and not (${isVouchedFor('b')})
             for update of b) l
), asked as (
  select w.*, row_number() over (partition by w.is_probe order by w.place) as turn
    from ${REQUESTS.rowsAs('w', 'place')}
), wanted as (
  select w.* from asked w, breaker b
   where not b.held and b.may_send and not b.is_outside
     and (w.is_probe or b.open_until is null and (b.is_vouched_for or w.turn <= (select free from room)))
), locked as (
  -- In the order in which everybody locks several, so that no one waits in a circle. Jobs that came twice are two requests.
  select o.id, w.claim_id from wanted w join orders o
      on o.id = w.id and o.generation = w.generation and o.status in ('accepted', 'retrying')
     -- One that has let another go before it waits for the other's job.
     and (o.job_id is null or o.job_id = w.job_id)
     -- A queue that goes by a wrong clock brings orders early; the sweeper brings them again once they are due.
     and o.due_at < now() + interval '3 seconds'
   order by o.id for update of o
), claimed as (
  update orders o
     set status = 'sending', attempts = o.attempts + 1, updated_at = now(), claim_id = l.claim_id, job_id = null,
         lease_expires_at = now() + $1 * interval '1 millisecond'
    from locked l where o.id = l.id and o.status in ('accepted', 'retrying')
  returning o.id, o.claim_id, o.attempts, o.free_attempts, o.body, o.in_doubt, o.api_key_name, o.idempotency_key,
            o.request_hash, o.traceparent, o.due_at
), tried as (
  update partner_breaker b set trials = r.trials + c.count, trials_until = now() + $1 * interval '1 millisecond'
    from room r, (select count(*)::integer as count from claimed c join asked a using (claim_id) where not a.is_probe) c
   where c.count > 0
), attempt as (
  insert into order_attempts (order_id, number) select id, attempts from claimed
), noted as (
  insert into order_events (order_id, status, cause) select id, 'sending', 'claimed' from claimed
), held as (
  update orders o set lease_expires_at = now() + $1 * interval '1 millisecond'
    from ${REQUESTS.rowsAs('w')}, breaker b
   where o.id = w.id and o.claim_id = w.claim_id and o.status = 'sending' and b.may_send
  returning o.id, o.claim_id, o.attempts, o.free_attempts, o.body, o.in_doubt, o.api_key_name, o.idempotency_key,
            o.request_hash, o.traceparent, o.due_at
), given as (
  select * from claimed union all select * from held
)
select g.id as "orderId", g.claim_id as "claimId", g.attempts as attempt, g.free_attempts as "freeAttempts", g.body::text as body,
       g.in_doubt as "inDoubt", g.api_key_name as producer, g.idempotency_key as "idempotencyKey",
       g.request_hash as "requestHash", g.traceparent, g.due_at as "dueAt",
       (extract(epoch from b.open_until - now()) * 1000)::float8 as "probeInMs", b.probing,
       b.troubled, b.held, b.may_send as "maySend", b.is_outside as "isOutside", b.is_vouched_for as "isVouchedFor",
       coalesce((select free from room), 0) as free
  from breaker b left join given g on true`;

const LOCK_TRIALS = statement('lock-trials')`
select from partner_breaker b where b.open_until is null and not (${isVouchedFor('b')}) for update`;

/**
 * While orders are on trial, takes the lock on their count that a claim takes before its orders. A transaction that locks
 * orders before it claims calls this first: otherwise it and a claim could each wait for the other.
 *
 * @param client of the transaction
 */
export async function lockTrials(client: ClientBase): Promise<void> {
  await client.query(LOCK_TRIALS);
}

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
  readonly traceparent: string | null;
  readonly dueAt: Date | null;
  readonly probeInMs: number | null;
  readonly probing: boolean;
  readonly troubled: boolean;
  readonly held: boolean;
  readonly maySend: boolean;
  readonly isOutside: boolean;
  readonly isVouchedFor: boolean;
  readonly free: number;
}

/**
 * Moves orders to `sending` and writes their attempts down, in one statement that is committed before anything is sent.
 * Only the holder of a claim may send: a job that is late, doubled or of an earlier generation gets none, while the
 * breaker is open only a probe does, and while the guarantee fund is under its floor none does. None does either
 * outside the hours in which orders are sent, while sending is stopped, or when PostgreSQL is not what it was when this
 * ledger was made (`sending/guard/`). While no answer vouches for the partner, only so many are in progress as may
 * become unknown until the breaker opens. A request that is repeated under its claim id gets the claim it had.
 *
 * @param db the pool, or the client of a transaction that they belong to
 * @param leaseMs how long a claim holds; after it, the order counts as unknown
 * @param serverRun the run of the server on which this process has checked the ledger; undefined: any
 * @param unknownLimit after so many unknown outcomes in a row the breaker opens
 * @returns one outcome per request
 */
export async function claimOrders(
  db: Pool | ClientBase,
  requests: readonly ClaimRequest[],
  leaseMs: number,
  serverRun: string | undefined,
  unknownLimit: number,
): Promise<ClaimOutcome[]> {
  const { rows } = await db.query<ClaimRow>({
    ...CLAIM,
    values: [leaseMs, serverRun ?? null, unknownLimit, ...REQUESTS.of(requests)],
  });
  const [first] = rows;
  const probeInMs = first?.probeInMs ?? null;
  // Of a job that came twice in one batch one request gets the claim: the one whose id stands in the ledger.
  const claims = new Map(rows.map((row) => [row.claimId, row]));
  let turn = 0;
  return requests.map(({ orderId, claimId, isProbe }) => {
    if (!isProbe) turn += 1;
    const claim = claimOf(orderId, claims.get(claimId));
    if (claim !== undefined) return { kind: 'claimed', claim };
    if (first?.maySend !== true) return { kind: 'stopped' };
    if (first.held) return { kind: 'held' };
    if (first.isOutside) return { kind: 'outside-window' };
    if (isProbe) return { kind: 'nothing' };
    if (probeInMs !== null) {
      return { kind: 'breaker-open', probeInMs: Math.max(0, Math.ceil(probeInMs)), isProbing: first.probing };
    }
    if (!first.isVouchedFor && turn > first.free) return { kind: 'on-trial' };
    return { kind: 'nothing' };
  });
}

function claimOf(orderId: string, row: ClaimRow | undefined): Claim | undefined {
  if (row === undefined) return undefined;
  const {
    attempt,
    freeAttempts,
    body,
    producer,
    idempotencyKey,
    requestHash,
    traceparent,
    dueAt,
    inDoubt,
    troubled,
    isVouchedFor: isKnown,
  } = row;
  if (attempt === null || freeAttempts === null || body === null || dueAt === null) return undefined;
  if (producer === null || idempotencyKey === null || requestHash === null) return undefined;
  const origin = { producer, idempotencyKey, requestHash };
  const given = { orderId, attempt, freeAttempts, body, traceparent, dueAt };
  return { ...given, ...origin, inDoubt: inDoubt === true, troubled, isTrial: !isKnown };
}
