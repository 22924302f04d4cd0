import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import type pg from 'pg';
import type { Logger } from '../core/logger.js';
import { wrapQueue, type AnyQueue } from './bullmq-queue.js';
import { superviseWorker, workerSettings } from './bullmq-worker.js';
import type { JobProcessor, JobQueue, JobWorker, QueueBackend, WorkerOptions } from './job-queue.js';

/** BullMQ keeps its own tables in a schema of its own, beside ours. */
const SCHEMA = 'bullmq';

/** A worker that waits for a NOTIFY asks again after this time, whatever has become of the connection it listens on. */
const MAX_BLOCK_SECS = 10;

/**
 * BullMQ's PostgreSQL backend, with a bound on how long a worker sleeps: it would be an hour, and a connection that
 * breaks between its LISTEN and its wait is noticed by nobody.
 */
const createBackend: typeof createPostgresBackend = (...args) => {
  const backend = createPostgresBackend(...args);
  Object.defineProperty(backend, 'maximumBlockTimeout', { value: MAX_BLOCK_SECS });
  return backend;
};

/**
 * BullMQ on the PostgreSQL that already holds the ledger: needs nothing further, and is as durable.
 *
 * @param url the `postgres://` address
 * @param pool the process's own pool, for migrations and pings; queues and workers open a few connections of their own
 */
export function openPostgresBackend(url: string, pool: pg.Pool, logger: Logger): QueueBackend {
  const connection = { connectionString: url, schema: SCHEMA, max: 4, keepAlive: true, connectionTimeoutMillis: 5_000 };
  return {
    kind: 'postgres',
    prepare: async () => {
      const client = await pool.connect();
      try {
        await runMigrations(client, SCHEMA);
      } finally {
        client.release();
      }
    },
    openQueue: <T>(name: string) => {
      const known = async (ids: readonly string[]): Promise<ReadonlySet<string>> => {
        const { rows } = await pool.query<{ id: string }>({
          name: 'known-jobs',
          text: `select id from ${SCHEMA}.job where queue = $1 and id = any($2)`,
          values: [name, ids],
        });
        return new Set(rows.map(({ id }) => id));
      };
      return openWhenReady<T>(
        () => new Queue(name, { connection }, createBackend) as unknown as ReadyQueue<T>,
        known,
        logger,
      );
    },
    openWorker: <T>(name: string, process: JobProcessor<T>, options: WorkerOptions): JobWorker =>
      superviseWorker<T>(
        (processor) => {
          const settings = { connection, ...workerSettings(options) };
          // The type names the backend; what we use of a worker is the same on either.
          return new Worker(name, processor, settings, createBackend) as unknown as Worker<T>;
        },
        process,
        logger,
      ),
    ping: async () => {
      await pool.query('select 1');
    },
    close: () => Promise.resolve(),
  };
}

type ReadyQueue<T> = AnyQueue<T> & { waitUntilReady(): Promise<unknown> };

/**
 * A queue that is opened when it is first needed, and anew if that failed: BullMQ's own never gets over a database that
 * was away at the moment it was opened.
 */
function openWhenReady<T>(open: () => ReadyQueue<T>, known: JobQueue<T>['known'], logger: Logger): JobQueue<T> {
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
    const wrapped = wrapQueue(queue, known, logger);
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
    close: async () => {
      const queue = await opening?.catch(() => undefined);
      await queue?.close();
    },
  };
}
