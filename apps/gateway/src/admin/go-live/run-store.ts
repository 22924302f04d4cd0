import type { Pool } from 'pg';
import { writeAudit } from '../../audit/write-audit.js';
import { statement } from '../../storage/statement.js';
import { runTransaction } from '../../storage/transaction.js';

/** What one check has found: the words of a failure, or why it could not be made. */
export interface KeptResult {
  readonly id: string;
  readonly outcome: 'passed' | 'failed' | 'not-possible' | 'skipped';
  readonly said: string | null;
}

/** The last run of the conformance kit against the own public address. */
export interface KeptRun {
  readonly id: string;
  readonly address: string;
  readonly startedBy: string;
  readonly startedAt: Date;
  /** Null while it runs. */
  readonly finishedAt: Date | null;
  readonly total: number;
  readonly results: readonly KeptResult[];
  /** Why it has ended before its end. */
  readonly failure: string | null;
}

/** What is said of a run whose process has ended. */
const INTERRUPTED = 'interrupted';

const END_LOST = statement('end-lost-go-live-run')`
update go_live_runs set finished_at = now(), failure = '${INTERRUPTED}'
 where finished_at is null and seen_at < now() - interval '1 minute'`;
const BEGIN = statement('begin-go-live-run')`
insert into go_live_runs (address, started_by, total) values ($1, $2, $3) on conflict do nothing returning id`;
/** A run that its process has not ended has left its holders behind: they are of this one. */
const FIND_BEGIN = statement('find-begin-of-go-live-run')`
select min(started_at)::text as since from go_live_runs where failure = '${INTERRUPTED}' or id = $1`;
const DELETE_OTHERS = statement('delete-other-go-live-runs')`delete from go_live_runs where id <> $1`;

export interface BegunRun {
  readonly id: string;
  /** Since when holders may have been invented, by the clock of the database, as its text. */
  readonly since: string;
}

/** Begins a run; the one before is then deleted. @returns undefined while another one runs */
export async function beginRun(
  pool: Pool,
  run: { readonly address: string; readonly startedBy: string; readonly total: number },
): Promise<BegunRun | undefined> {
  return await runTransaction(pool, async (client) => {
    await client.query(END_LOST);
    const { rows } = await client.query<{ id: string }>({ ...BEGIN, values: [run.address, run.startedBy, run.total] });
    const id = rows[0]?.id;
    if (id === undefined) return undefined;
    const begins = await client.query<Pick<BegunRun, 'since'>>({ ...FIND_BEGIN, values: [id] });
    await client.query({ ...DELETE_OTHERS, values: [id] });
    const details = { address: run.address };
    await writeAudit(
      client,
      { who: run.startedBy, why: undefined },
      { action: 'golive.begin', cardNumber: null, details },
    );
    return { id, since: begins.rows[0]?.since ?? '' };
  });
}

const NOTE = statement('note-go-live-result')`
update go_live_runs set results = results || $2::jsonb, seen_at = now() where id = $1 and finished_at is null`;

/** @param results none: the run is alive, and has nothing to say */
export async function noteResults(pool: Pool, id: string, results: readonly KeptResult[]): Promise<void> {
  await pool.query({ ...NOTE, values: [id, JSON.stringify(results)] });
}

const END = statement('end-go-live-run')`
update go_live_runs set finished_at = now(), failure = $2 where id = $1 and finished_at is null`;

export async function endRun(pool: Pool, id: string, failure: string | undefined): Promise<void> {
  await pool.query({ ...END, values: [id, failure ?? null] });
}

const FIND = statement('find-go-live-run')`
select id, address, started_by as "startedBy", started_at as "startedAt", total, results,
       coalesce(finished_at, case when seen_at < now() - interval '1 minute' then seen_at end) as "finishedAt",
       coalesce(failure, case when finished_at is null and seen_at < now() - interval '1 minute' then '${INTERRUPTED}' end)
         as failure
  from go_live_runs order by started_at desc limit 1`;

export async function findLastRun(pool: Pool): Promise<KeptRun | undefined> {
  return (await pool.query<KeptRun>(FIND)).rows[0];
}
