import { setTimeout as delay } from 'node:timers/promises';
import pg, { type Pool, type PoolClient } from 'pg';
import { applyFunctions } from './functions/apply-functions.js';
import type { DatabaseFunction } from './functions/database-function.js';
import { FUNCTIONS } from './functions/index.js';
import { isLockTrouble, runTransaction } from './lock-retries.js';
import { REPORT } from './migrations/0024-canonical-contacts.js';
import { MIGRATIONS, type Migration } from './migrations/index.js';
import { runStep } from './migrations/run-step.js';

/** Any number that is ours alone in the database: processes that start together queue up behind it. */
const LOCK_KEY = 7_305_117_215;

/** A migration takes as long as its tables are large, and waiting for another process's migration takes as long as that. */
const SESSION = `set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0`;
/** How often a process looks whether another one has migrated. */
const LOOK_MS = 250;

/** So that the server notices when a migrating process was killed, and gives up its work and its locks. */
const NOTICE_DEATH = `set client_connection_check_interval = '2s'`;

export interface MigrateOptions {
  /** All that make up the schema, in order; ours unless given. */
  readonly migrations?: readonly Migration[];
  /** The functions and triggers that belong to them, each behind those that it calls; ours where the migrations are. */
  readonly functions?: readonly DatabaseFunction[];
  /** Called when a migration, or functions, wait for a lock. */
  readonly onWait?: (id: string) => void;
  /** Called with a migration's report on its work, one sentence. */
  readonly onReport?: (report: string) => void;
  /** Called with migrations that are in the database and not in this program, if it may run on them all the same. */
  readonly onNewer?: (ids: readonly string[]) => void;
}

/** The database cannot be migrated by this program, and nothing was changed: the message is for a person. */
export class MigrationRefusedError extends Error {}

/**
 * Brings the database to the present schema, forward only, each migration in a transaction of its own (or in several
 * steps, where tables may be large), and then makes the functions whose text has changed.
 * Many processes may call it at once: one migrates, the others wait for it and find nothing to do.
 *
 * @returns the ids of the migrations that ran now
 */
export async function migrate(pool: Pool, options: MigrateOptions = {}): Promise<string[]> {
  const { migrations = MIGRATIONS, functions = options.migrations === undefined ? FUNCTIONS : [] } = options;
  const client = await pool.connect();
  try {
    client.on('notice', ({ code, message = '' }) => {
      if (code === REPORT) options.onReport?.(message);
    });
    await client.query(SESSION);
    // Not every system supports it; then the server notices at the end of the statement.
    await client.query(NOTICE_DEATH).catch(() => undefined);
    await lockOut(client);
    const done = await findDone(client);
    const unknown = [...done.keys()].filter((id) => !migrations.some((migration) => migration.id === id));
    const forbidding = unknown.filter((id) => done.get(id) !== true);
    if (forbidding.length > 0) throw new MigrationRefusedError(newerThanUs(forbidding));
    if (unknown.length > 0) options.onNewer?.(unknown);
    const missing = migrations.filter(({ id }) => !done.has(id));
    const inTransaction = (name: string, work: (client: PoolClient) => Promise<void>): Promise<void> =>
      runTransaction(client, work, () => options.onWait?.(name));
    for (const { id, sql, steps = [], olderMayRun = false } of missing) {
      if (steps.length > 0) await inTransaction(id, async () => void (await client.query(sql)));
      for (const step of steps) await runStep(client, step, () => options.onWait?.(id));
      await inTransaction(id, async () => {
        if (steps.length === 0) await client.query(sql);
        await client.query('insert into schema_migrations (id) values ($1)', [id]);
        // The column is younger than the table.
        if (olderMayRun) await client.query('update schema_migrations set older_may_run = true where id = $1', [id]);
      });
    }
    // A newer release has made its own.
    if (unknown.length === 0) await applyFunctions(client, functions, { inTransaction });
    await analyzeNew(client);
    return missing.map(({ id }) => id);
  } finally {
    // Closing the connection gives the lock and the settings up, and rolls back, whatever state it is in.
    client.release(true);
  }
}

/**
 * Waits until no other process migrates. It asks again and again: a statement that waits would keep its view of the
 * database, and an index that is made beside the work waits for every older view to end.
 */
async function lockOut(client: PoolClient): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ isOurs: boolean }>('select pg_try_advisory_lock($1) as "isOurs"', [LOCK_KEY]);
    if (rows[0]?.isOurs === true) return;
    await delay(LOOK_MS);
  }
}

function newerThanUs(ids: readonly string[]): string {
  return `the database is newer than this program: it has the migrations ${ids.join(', ')}, which this release does not know and must not run on. Use the release that made them, or a later one; nothing was changed`;
}

/** @returns the ids of the migrations that have run, each with whether programs that do not know it may run on it */
async function findDone(client: PoolClient): Promise<ReadonlyMap<string, boolean>> {
  const { rows: here } = await client.query<{ schema: string | null; isNew: boolean }>(
    `select current_schema() as schema, to_regclass('schema_migrations') is null as "isNew"`,
  );
  const [place] = here;
  if (place?.isNew === true) await refuseSecondLedger(client, place.schema);
  await client.query(
    'create table if not exists schema_migrations (id text primary key, at timestamptz not null default now())',
  );
  const { rows } = await client.query<{ id: string; older_may_run?: boolean }>('select * from schema_migrations');
  return new Map(rows.map(({ id, older_may_run: olderMayRun = false }) => [id, olderMayRun]));
}

/**
 * A `search_path` that has changed hides the ledger: an empty one beside it would accept every order again, and buy it
 * again.
 */
async function refuseSecondLedger(client: PoolClient, schema: string | null): Promise<void> {
  const { rows } = await client.query<{ schema: string }>(
    `select n.nspname as schema
       from pg_class m join pg_namespace n on n.oid = m.relnamespace
       join pg_class o on o.relnamespace = n.oid and o.relname = 'order_attempts'
      where m.relname = 'schema_migrations'`,
  );
  const [other] = rows;
  if (other === undefined) return;
  throw new MigrationRefusedError(
    `this database has a ledger in the schema ${pg.escapeIdentifier(other.schema)}, and the search_path of our user leads to ${schema === null ? 'none' : pg.escapeIdentifier(schema)}: correct the search_path (of the role, of the database, or in DATABASE_URL), or use another database`,
  );
}

/**
 * Of a table that was never analysed – new, or restored from a dump – the planner expects thousands of rows: a join of
 * two tables with one row each is planned as millions, and compiled. An empty table keeps that estimate, because it will
 * grow: planned as empty, the foreign keys of its first orders would be checked by reading the whole table for each.
 */
async function analyzeNew(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in (current_schema(), 'bullmq') and c.relkind = 'r' and c.reltuples < 0
        and pg_has_role(c.relowner, 'usage')`,
  );
  await client.query(`set lock_timeout = '3s'`);
  for (const { name } of rows) {
    const { rowCount } = await client.query(`select from ${name} limit 1`);
    if (rowCount === 0) continue;
    await client.query(`analyze ${name}`).catch((error: unknown) => {
      // The one who holds it is at it already, or the next start comes by.
      if (!isLockTrouble(error)) throw error;
    });
  }
}
