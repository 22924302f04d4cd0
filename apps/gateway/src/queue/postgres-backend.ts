import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import type pg from 'pg';
import type { Logger } from '../logging/logger.js';
import { limiterFor, wrapQueue, wrapWorker, type AnyQueue } from './bullmq-queue.js';
import type { JobWorker, QueueBackend, WorkerOptions } from './job-queue.js';

/** BullMQ keeps its own tables in a schema of its own, beside ours. */
const SCHEMA = 'bullmq';

/**
 * BullMQ on the PostgreSQL that already holds the ledger: needs nothing further, and is as durable.
 *
 * @param url the `postgres://` address
 * @param pool the process's own pool, for migrations and pings; queues and workers open a few connections of their own
 */
export function openPostgresBackend(url: string, pool: pg.Pool, logger: Logger): QueueBackend {
  const connection = { connectionString: url, schema: SCHEMA, max: 4, keepAlive: true };
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
      const queue = new Queue(name, { connection }, createPostgresBackend);
      return wrapQueue(queue as unknown as AnyQueue<T>, logger);
    },
    openWorker: <T>(name: string, process: (data: T) => Promise<void>, options: WorkerOptions): JobWorker => {
      const worker = new Worker(
        name,
        (job) => process(job.data as T),
        { connection, concurrency: options.concurrency, limiter: limiterFor(options) },
        createPostgresBackend,
      );
      return wrapWorker(worker as unknown as Worker, logger);
    },
    ping: async () => {
      await pool.query('select 1');
    },
    close: () => Promise.resolve(),
  };
}
