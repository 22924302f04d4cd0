import type { PoolClient } from 'pg';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';
import type { LaneOrder } from './lane-order.js';
import { nameOf, type Lane } from './lanes.js';
import { jobIdOf, type SendJob } from './send-job.js';

/** An order that waits, with the job that brings it. */
interface Waiting extends SendJob, Lane {
  readonly jobId: string;
}

const OWNERS = `
select o.id as "orderId", o.generation, o.api_key_name as producer, o.is_batch as "isBatch",
       coalesce(o.job_id, o.id || '-' || o.generation) as "jobId"
  from orders o
 where o.status in ('accepted', 'retrying')
   and (o.job_id is not null and o.job_id = any($1::text[])
        or o.id = any($2::uuid[]) and o.job_id is null and o.id || '-' || o.generation = any($1::text[]))
 order by o.id for update`;

const FIND_OWNERS = statement('find-owners')`${OWNERS}`;
/** An exchange never waits for a lock, so other claims wait here only for a moment, and never for each other. */
const FIND_FREE_OWNERS = statement('find-free-owners')`${OWNERS} skip locked`;

/** An order that gives way to one of another lane. */
type Displaced = Waiting & { readonly lane: Lane };

const DISPLACED = new ColumnArrays<Displaced>(
  {
    id: ['uuid', ({ orderId }) => orderId],
    job_id: ['text', ({ jobId }) => jobId],
    producer: ['text', ({ lane }) => lane.producer],
    is_batch: ['boolean', ({ lane }) => lane.isBatch],
  },
  2,
);

const EXCHANGE = statement('exchange-jobs')`
with displaced as (
  select d.*, row_number() over (partition by d.producer, d.is_batch order by d.position) as nth
    from ${DISPLACED.rowsAs('d', 'position')}
), lane as (
  select producer, is_batch, count(*) as orders from displaced group by producer, is_batch
), picked as materialized (
  select l.producer, l.is_batch, p.*, row_number() over (partition by l.producer, l.is_batch order by p.due_at, p.id) as nth
    from lane l cross join lateral (
      select o.id, o.generation, o.due_at, coalesce(o.job_id, o.id || '-' || o.generation) as job_id
        from orders o
       where o.status in ('accepted', 'retrying') and o.is_batch = l.is_batch and o.api_key_name = l.producer
         and o.due_at <= now() and o.id <> all($1::uuid[])
       order by o.due_at limit l.orders for update skip locked) p
), paired as (
  select d.id as own_id, d.job_id as own_job, p.id, p.generation, p.job_id
    from displaced d join picked p using (producer, is_batch, nth)
), exchanged as (
  update orders o set job_id = e.job_id
    from (select own_id as id, job_id from paired union all select id, own_job from paired) e
   where o.id = e.id
)
select own_job as "jobId", id as "orderId", generation from paired`;

/**
 * Finds the order that each job is for: its own, unless that has let another go first and waits for the other's job. With
 * several lanes due, orders whose lane's turn it is take the jobs of others, and give theirs for them: each
 * waiting order has one job at any time.
 *
 * @param client of a transaction, which has to claim what it is given: the orders are locked
 * @param due the lanes in which an order is due; one or none exchanges nothing
 * @returns by the id of a job; nothing for one that is late, or whose order another process is moving on
 */
export async function exchangeJobs(
  client: PoolClient,
  jobs: readonly SendJob[],
  due: readonly Lane[],
  order: LaneOrder,
): Promise<Map<string, SendJob>> {
  const { rows: owners } = await client.query<Waiting>({
    ...(due.length > 1 ? FIND_FREE_OWNERS : FIND_OWNERS),
    values: [jobs.map(jobIdOf), jobs.map(({ orderId }) => orderId)],
  });
  const found = new Map<string, SendJob>(owners.map((owner) => [owner.jobId, owner]));
  if (due.length < 2) return found;
  const displaced = displace(owners, order.next(due, owners.length));
  if (displaced.length === 0) return found;
  const { rows: exchanged } = await client.query<SendJob & { jobId: string }>({
    ...EXCHANGE,
    values: [owners.map(({ orderId }) => orderId), ...DISPLACED.of(displaced)],
  });
  for (const { jobId, orderId, generation } of exchanged) found.set(jobId, { orderId, generation });
  return found;
}

/** Owners in a lane whose turn it is keep their jobs; the others give way to the remaining lanes. */
function displace(owners: readonly Waiting[], turns: readonly Lane[]): Displaced[] {
  const lanes = [...turns];
  const others = owners.filter((owner) => {
    const own = lanes.findIndex((lane) => nameOf(lane) === nameOf(owner));
    if (own >= 0) lanes.splice(own, 1);
    return own < 0;
  });
  // As many lanes are left as owners.
  return others.map((owner, index) => ({ ...owner, lane: lanes[index] as Lane }));
}
