import type { Pool } from 'pg';
import type { SendJob } from './send-job.js';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';

/** An order that should have been sent by now. */
export interface DueOrder extends SendJob {
  /** PostgreSQL's own text, to the microsecond: a page must not begin again within a millisecond. */
  readonly dueAt: string;
  /** The job that brings it: its own, or that of an order it has let go before it. */
  readonly jobId: string;
}

const FIND = statement('find-due-orders')`
select id as "orderId", generation, due_at::text as "dueAt", coalesce(job_id, id || '-' || generation) as "jobId"
  from orders
 where status in ('accepted', 'retrying')
   and due_at < now() - $1 * interval '1 millisecond'
   and (due_at, id) > ($2::timestamptz, $3::uuid)
 order by due_at, id
 limit $4`;

/**
 * Finds orders that have been due for longer than `graceMs`, a page at a time, oldest first.
 *
 * @param after the last order of the page before; undefined starts again
 */
export async function findDueOrders(
  pool: Pool,
  { graceMs, after, limit }: { graceMs: number; after: DueOrder | undefined; limit: number },
): Promise<DueOrder[]> {
  const { rows } = await pool.query<DueOrder>({
    ...FIND,
    values: [graceMs, after?.dueAt ?? '-infinity', after?.orderId ?? '00000000-0000-0000-0000-000000000000', limit],
  });
  return rows;
}

const JOBS = new ColumnArrays<SendJob>({
  id: ['uuid', ({ orderId }) => orderId],
  generation: ['integer', ({ generation }) => generation],
});

/** Locked rows are skipped: another session is changing the order. */
const RENEW = statement('renew-generations')`
with wanted as (
  select o.id from orders o join ${JOBS.rowsAs('w')} using (id)
   where o.generation = w.generation and o.status in ('accepted', 'retrying')
     for update of o skip locked
)
update orders o set generation = o.generation + 1, job_id = null from wanted w where o.id = w.id
returning o.id as "orderId", o.generation`;

/** Gives orders a new generation, so that a job lost with the queue can be put there again under another id. */
export async function renewGenerations(pool: Pool, jobs: readonly SendJob[]): Promise<SendJob[]> {
  const { rows } = await pool.query<SendJob>({
    ...RENEW,
    values: JOBS.of(jobs),
  });
  return rows;
}

const EXPIRE = statement('expire-leases')`
with late as (
  select id from orders where status = 'sending' and lease_expires_at < now() limit 1000 for update skip locked
), expired as (
  update orders o set status = 'unknown', updated_at = now(), lease_expires_at = null
    from late l where o.id = l.id
  returning o.id, o.attempts
), attempted as (
  update order_attempts a set ended_at = now(), outcome = 'unknown', reason = 'lease-expired'
    from expired e where a.order_id = e.id and a.number = e.attempts
), noted as (
  insert into order_events (order_id, status, cause) select id, 'unknown', 'lease-expired' from expired
)
select id from expired`;

/**
 * Their sender did not return, and how far it came is unknown: they become unknown, never resent.
 *
 * @returns the ids of the orders
 */
export async function expireLeases(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(EXPIRE);
  return rows.map(({ id }) => id);
}

const RESEND = statement('resend-unknown')`
with due as (
  select id from orders
   where status = 'unknown' and updated_at < now() - $1 * interval '1 second' and attempts - free_attempts <= $2
     -- An answer that left it in doubt would only come again.
     and not exists (select from order_attempts a
       where a.order_id = orders.id and a.number = orders.attempts and a.outcome = 'answered')
     -- Nor what may have been sent from a ledger that is lost: a person decides about that.
     and not exists (select from order_events e where e.order_id = orders.id and e.cause = 'ledger-restored')
   limit 1000 for update skip locked
), resent as (
  update orders o set status = 'retrying', generation = o.generation + 1, updated_at = now(), due_at = now(),
         in_doubt = true
    from due d where o.id = d.id
  returning o.id, o.generation
), noted as (
  insert into order_events (order_id, status, cause) select id, 'retrying', 'rule' from resent
)
select id as "orderId", generation from resent`;

/**
 * By rule, and only where a rule was set: orders that have been unknown for a while are sent again, as often as the
 * retry schedule has attempts. An order that was executed without an answer is then executed twice; setting the rule
 * accepts that. Such an order stays in doubt: unless it is confirmed, it ends unknown, and a person decides.
 */
export async function resendUnknown(
  pool: Pool,
  { afterSecs, mostAttempts }: { afterSecs: number; mostAttempts: number },
): Promise<SendJob[]> {
  const { rows } = await pool.query<SendJob>({
    ...RESEND,
    values: [afterSecs, mostAttempts],
  });
  return rows;
}
