import type pg from 'pg';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';

/** The refreshes of data of Тройка Бизнес, each with its own schedule. */
export type RefreshName = 'tariffs' | 'card-types' | 'regions' | 'account';

/** The right to read one of them, for as long as it is renewed. */
export interface RefreshLease {
  readonly name: RefreshName;
  readonly leaseId: string;
  /** How often in a row it could not be read. */
  readonly failures: number;
}

const PERIODS = new ColumnArrays<readonly [name: RefreshName, secs: number]>(
  { name: ['text', ([name]) => name], secs: ['float8', ([, secs]) => secs] },
  3,
);

/** A shorter period applies at once, a longer one after the next success. */
const TAKE = statement('take-refresh')`
update partner_refreshes r set lease_id = $1, leased_until = now() + $2 * interval '1 millisecond'
  from (select p.name from partner_refreshes p join ${PERIODS.rowsAs('w')} using (name)
         where (p.leased_until is null or p.leased_until < now())
           and case when p.failures > 0 then p.due_at else least(p.due_at, p.done_at + w.secs * interval '1 second') end
               <= now()
         order by p.due_at limit 1 for update of p skip locked) due
 where r.name = due.name
returning r.name, r.lease_id as "leaseId", r.failures`;

/**
 * Takes the lease of a due refresh. One process gets it; if that one dies, another gets it after the lease has run out.
 *
 * @param periods in seconds
 * @param leaseId a new one for each call
 */
export async function takeRefresh(
  pool: pg.Pool,
  periods: ReadonlyMap<RefreshName, number>,
  leaseId: string,
  leaseMs: number,
): Promise<RefreshLease | undefined> {
  const { rows } = await pool.query<RefreshLease>({
    ...TAKE,
    values: [leaseId, leaseMs, ...PERIODS.of([...periods])],
  });
  return rows[0];
}

const RENEW = statement('renew-refresh')`
update partner_refreshes set leased_until = now() + $3 * interval '1 millisecond' where name = $1 and lease_id = $2`;

/** @returns whether the lease was still ours */
export async function renewLease(pool: pg.Pool, { name, leaseId }: RefreshLease, leaseMs: number): Promise<boolean> {
  const { rowCount } = await pool.query({ ...RENEW, values: [name, leaseId, leaseMs] });
  return rowCount === 1;
}

const FINISH = statement('finish-refresh')`
update partner_refreshes
   set due_at = now() + $3 * interval '1 second', done_at = now(), failures = 0, lease_id = null, leased_until = null
 where name = $1 and lease_id = $2`;

/**
 * Ends a successful refresh, in the transaction that stores its result.
 *
 * @returns whether the lease was still ours; if not, another process reads it again, and nothing may be stored
 */
export async function finishRefresh(
  client: pg.ClientBase,
  { name, leaseId }: RefreshLease,
  periodSecs: number,
): Promise<boolean> {
  const { rowCount } = await client.query({
    ...FINISH,
    values: [name, leaseId, periodSecs],
  });
  return rowCount === 1;
}

const POSTPONE = statement('postpone-refresh')`
update partner_refreshes
   set due_at = now() + $3 * interval '1 second', failures = failures + $4, lease_id = null, leased_until = null
 where name = $1 and lease_id = $2`;

/**
 * Ends a failed refresh, or returns an unused lease.
 * @param failed counts as a failure
 */
export async function postponeRefresh(
  pool: pg.Pool,
  { name, leaseId }: RefreshLease,
  { pauseSecs, failed }: { pauseSecs: number; failed: boolean },
): Promise<void> {
  await pool.query({ ...POSTPONE, values: [name, leaseId, pauseSecs, failed ? 1 : 0] });
}

const HURRY = statement('hurry-refresh')`
update partner_refreshes set due_at = now()
 where name = any($1) and failures = 0 and due_at > now() and done_at < now() - interval '1 minute'`;

/** Asks for a refresh before its time, a minute after the last one at the earliest. */
export async function hurryRefresh(pool: pg.Pool, names: readonly RefreshName[]): Promise<void> {
  await pool.query({ ...HURRY, values: [names] });
}
