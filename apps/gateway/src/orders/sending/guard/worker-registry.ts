import { hostname } from 'node:os';
import type pg from 'pg';
import type { ReconcileReport } from '../journal/reconcile-report.js';
import type { LedgerFacts } from './ledger-facts.js';
import { IDENTITY_SINCE } from './sending-state.js';
import { statement } from '../../../storage/statement.js';

/** A process that sends. */
export interface WorkerIdentity {
  readonly id: string;
  /** The folder of its send journal: another process with the same folder knows the sends of this one. */
  readonly journalId: string;
}

/** What the ledger remembers of a worker and of its peers. */
export interface WorkerMemory {
  /** How many signs of life it has; undefined when it is not registered. */
  readonly beats: number | undefined;
  /** Whether it, or an earlier process with its journal, was registered before sending was stopped. */
  readonly knewLedger: boolean;
  /** Which of the given peers are registered. */
  readonly peers: readonly string[];
}

const RECALL = statement('recall-worker')`
select (select beats::int from sending_workers where id = $1) as beats,
       exists (
         select from sending_workers w cross join sending_guard g
          where (w.id = $1 or w.journal_id = $2) and (g.state = 'open' or w.started_at < g.since)) as "knewLedger",
       array(select id::text from sending_workers where id = any($3::uuid[])) as peers`;

export async function recallWorker(
  pool: pg.Pool,
  { id, journalId }: WorkerIdentity,
  peers: readonly string[],
): Promise<WorkerMemory> {
  const { rows } = await pool.query<Omit<WorkerMemory, 'beats'> & { beats: number | null }>({
    ...RECALL,
    values: [id, journalId, peers],
  });
  const { beats = null, knewLedger = false, peers: known = [] } = rows[0] ?? {};
  return { beats: beats ?? undefined, knewLedger, peers: known };
}

/** What a worker says after it has compared its journal with the ledger. */
export interface CheckResult {
  readonly facts: LedgerFacts;
  readonly isClean: boolean;
  readonly knewLedger: boolean;
  readonly report: ReconcileReport | undefined;
}

const REGISTER = statement('register-worker')`
insert into sending_workers as w (id, journal_id, host, pid, beats, checked_facts, checked_at, is_clean, knew_ledger, report)
values ($1, $2, $3, $4, $5, $6::jsonb, now(), $7, $8, $9::jsonb)
on conflict (id) do update
  set heartbeat_at = now(), ended_at = null, beats = greatest(w.beats, excluded.beats), checked_facts = excluded.checked_facts,
      checked_at = now(), is_clean = excluded.is_clean, knew_ledger = excluded.knew_ledger, report = excluded.report`;

/** Registers a worker, or writes down that it has compared again. @param beats what it remembers of its signs of life */
export async function registerWorker(
  pool: pg.Pool,
  { id, journalId }: WorkerIdentity,
  beats: number,
  { facts, isClean, knewLedger, report }: CheckResult,
): Promise<void> {
  await pool.query({
    ...REGISTER,
    values: [
      id,
      journalId,
      hostname(),
      process.pid,
      beats,
      JSON.stringify(facts),
      isClean,
      knewLedger,
      JSON.stringify(report ?? {}),
    ],
  });
}

/** How long a worker that ended or fell silent is remembered. */
const REMEMBERED_DAYS = 30;

const BEAT = statement('beat')`
with beaten as (
  update sending_workers set heartbeat_at = now(), beats = beats + 1, held_because = $2 where id = $1 returning beats
), deleted as (
  delete from sending_workers where heartbeat_at < now() - interval '${REMEMBERED_DAYS} days'
)
select (select beats::int from beaten) as beats, (select ${IDENTITY_SINCE} from sending_guard g) as "identitySince",
       array(select id::text from sending_workers where id <> $1 and ended_at is null
                      -- Long before they are deleted: a worker that is missed must have been lost.
                      and heartbeat_at > now() - interval '1 day') as peers`;

/**
 * Gives a sign of life.
 *
 * @param heldBecause why the process does not send at present, one sentence per cause
 * @returns how many it has given, undefined when the ledger does not know it; the workers beside it; and since when the
 *   ledger has been taken for the true one
 */
export async function beat(
  pool: pg.Pool,
  id: string,
  heldBecause: readonly string[],
): Promise<{ beats: number | undefined; peers: readonly string[]; identitySince: string | undefined }> {
  const { rows } = await pool.query<{ beats: number | null; peers: string[]; identitySince: string }>({
    ...BEAT,
    values: [id, heldBecause],
  });
  const [row] = rows;
  return { beats: row?.beats ?? undefined, peers: row?.peers ?? [], identitySince: row?.identitySince };
}

const END_WORKER = statement('end-worker')`update sending_workers set ended_at = now() where id = $1`;

/** It has ended in an orderly way: everything it sent is settled, and no one waits for it. */
export async function endWorker(pool: pg.Pool, id: string): Promise<void> {
  await pool.query({
    ...END_WORKER,
    values: [id],
  });
}
