import { setTimeout as delay } from 'node:timers/promises';
import { createPostgresBackend, Queue, runMigrations, Worker, type PostgresConnectionOptions } from 'bullmq';
import type pg from 'pg';
import { describeError, type Logger } from '../core/logger.js';
import { createPool } from '../storage/pool.js';
import { wrapQueue, type AnyQueue } from './bullmq-queue.js';
import { keepDatabaseTime, type SharedClock } from './database-time.js';
import { superviseWorker, workerSettings } from './bullmq-worker.js';
import type { JobProcessor, JobQueue, JobWorker, QueueBackend, WorkerOptions } from './job-queue.js';
import { statement } from '../storage/statement.js';

/** BullMQ has its tables in its own schema, beside ours. */
const SCHEMA = 'bullmq';

/** How long closing waits for connections of BullMQ that are still in use. */
const CLOSE_LIMIT_MS = 2_000;

/** For the statements of a queue or a worker, and one that waits for a NOTIFY. */
const POOL_SIZE = 5;

/** So much later than now a delayed job may still be due for those who ask whether it is there. */
const EARLY_MS = 1_000;

/** The caller asks about jobs that should run by now: a delayed one was queued by a wrong clock. */
const KNOWN_JOBS = statement('known-jobs')`
select id from ${SCHEMA}.job
 where queue = $1 and id = any($2)
   and (state in ('waiting', 'active')
        or state = 'delayed' and process_at_ms <= extract(epoch from clock_timestamp()) * 1000 + ${EARLY_MS})`;

/** A worker that waits for a NOTIFY polls after this time, in case its connection is dead. */
const MAX_BLOCK_SECS = 5;

/**
 * BullMQ's PostgreSQL backend, with a bound on how long a worker sleeps: it would be an hour, and a connection that
 * breaks between its LISTEN and its wait is noticed by no one. It lives by the time of the database.
 */
function backendAt(clock: SharedClock): typeof createPostgresBackend {
  return (...args) => {
    const backend = createPostgresBackend(...args);
    Object.defineProperty(backend, 'maximumBlockTimeout', { value: MAX_BLOCK_SECS });
    keepDatabaseTime(backend, clock);
    return backend;
  };
}

/**
 * BullMQ on the PostgreSQL that already holds the ledger: needs nothing further, and is as durable.
 *
 * @param url the `postgres://` address, of PostgreSQL itself or of a pooler that keeps sessions: workers LISTEN
 * @param pool a pool of the process for the same address, for migrations and pings; queues and workers get one of their own each, because
 *   BullMQ's statements find its tables by the search path. Left to itself, BullMQ would set that as a startup
 *   parameter, which `options=` in the address overrides.
 * @param clock the time of that PostgreSQL
 */
export function openPostgresBackend(url: string, pool: pg.Pool, clock: SharedClock, logger: Logger): QueueBackend {
  const createBackend = backendAt(clock);
  const pools: pg.Pool[] = [];
  let closing = false;
  /** The types of BullMQ and of node-postgres differ in words only. */
  const openPool = (): PostgresConnectionOptions => {
    const onIdleError = (error: Error): void => {
      if (!closing) logger.warn({ error: describeError(error) }, 'a connection of the queue broke');
    };
    const opened = createPool({ url, size: POOL_SIZE, searchPath: SCHEMA, onIdleError });
    pools.push(opened);
    return opened as unknown as PostgresConnectionOptions;
  };
  return {
    kind: 'postgres',
    prepare: async () => {
      const client = await pool.connect();
      try {
        // Waiting for another process that migrates takes as long as that.
        await client.query('set statement_timeout = 0');
        await runMigrations(client, SCHEMA);
        // Left behind by an earlier version, maybe by a clock that was ahead: workers would wait for its end.
        await client.query(`delete from ${SCHEMA}.rate_limit`);
      } finally {
        client.release(true);
      }
    },
    openQueue: <T>(name: string) => {
      const known = async (ids: readonly string[]): Promise<ReadonlySet<string>> => {
        const { rows } = await pool.query<{ id: string }>({ ...KNOWN_JOBS, values: [name, ids] });
        return new Set(rows.map(({ id }) => id));
      };
      const connection = openPool();
      return openWhenReady<T>(
        () => new Queue(name, { connection }, createBackend) as unknown as ReadyQueue<T>,
        known,
        clock,
        logger,
      );
    },
    openWorker: <T>(name: string, process: JobProcessor<T>, options: WorkerOptions): JobWorker => {
      const connection = openPool();
      return superviseWorker<T>(
        (processor) => {
          const settings = { connection, ...workerSettings(options) };
          // The type names the backend; what we use of a worker is the same on either.
          return new Worker(name, processor, settings, createBackend) as unknown as Worker<T>;
        },
        process,
        options.gate,
        logger,
      );
    },
    openCappedLog: () => undefined,
    ping: async () => {
      await pool.query(`select from ${SCHEMA}.job limit 1`);
    },
    check: { kinds: [], find: () => Promise.resolve([]) },
    close: async () => {
      closing = true;
      await Promise.all(pools.map((each) => endWithin(each, CLOSE_LIMIT_MS)));
    },
  };
}

/** A pool waits for connections in use; those of an unreachable database never return. */
async function endWithin(pool: pg.Pool, limitMs: number): Promise<void> {
  const enough = new AbortController();
  const limit = delay(limitMs, undefined, { signal: enough.signal }).catch(() => undefined);
  await Promise.race([pool.end(), limit]);
  enough.abort();
}

type ReadyQueue<T> = AnyQueue<T> & { waitUntilReady(): Promise<unknown> };

/**
 * A queue that is opened when it is first needed, and again if that failed: BullMQ's own never gets over a database that
 * was away at the moment it was opened.
 */
function openWhenReady<T>(
  open: () => ReadyQueue<T>,
  known: JobQueue<T>['known'],
  clock: SharedClock,
  logger: Logger,
): JobQueue<T> {
  let opening: Promise<JobQueue<T>> | undefined;
  const opened = (): Promise<JobQueue<T>> => {
    opening ??= openOne().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  const openOne = async (): Promise<JobQueue<T>> => {
    const queue = open();
    const wrapped = wrapQueue(queue, known, clock, logger);
    try {
      await queue.waitUntilReady();
      return wrapped;
    } catch (error) {
      await wrapped.close();
      throw error;
    }
  };
  return {
    add: async (jobs) => (await opened()).add(jobs),
    known,
    counts: async () => (await opened()).counts(),
    inspect: async () => (await opened()).inspect(),
    close: async () => {
      const queue = await opening?.catch(() => undefined);
      await queue?.close();
    },
  };
}
