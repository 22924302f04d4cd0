import { Queue, Worker } from 'bullmq';
import { describeError, type Logger } from '../logging/logger.js';
import { limiterFor, wrapQueue, wrapWorker, type AnyQueue } from './bullmq-queue.js';
import type { JobWorker, QueueBackend, WorkerOptions } from './job-queue.js';
import { connectRedis, parseRedisUrl, type RedisSettings } from './redis-address.js';

/** A Cluster keeps all keys of one hash tag on one node, as BullMQ's scripts need. */
const PREFIX = '{vestibule}';

/** Whoever puts jobs in fails fast: the ledger has the order, and the sweeper will bring it. */
const PRODUCER: RedisSettings = { enableOfflineQueue: false, commandTimeout: 2_000, maxRetriesPerRequest: 1 };

/** A worker waits for as long as it takes, but notices a connection that has gone silent. */
const WORKER: RedisSettings = { maxRetriesPerRequest: null, socketTimeout: 30_000 };

/** BullMQ on Redis: what grows. Redis may be lost at any time; the ledger fills it again. */
export function openRedisBackend(url: string, logger: Logger): QueueBackend {
  const address = parseRedisUrl(url);
  const open = (options: RedisSettings) => {
    const client = connectRedis(address, options);
    client.on('error', (error: Error) => logger.warn({ error: describeError(error) }, 'Redis reports an error'));
    return client;
  };
  const producer = open(PRODUCER);
  return {
    kind: 'redis',
    prepare: () => Promise.resolve(),
    openQueue: <T>(name: string) => {
      const queue = new Queue(name, { connection: producer, prefix: PREFIX, skipWaitingForReady: true });
      return wrapQueue(queue as unknown as AnyQueue<T>, logger);
    },
    openWorker: <T>(name: string, process: (data: T) => Promise<void>, options: WorkerOptions): JobWorker => {
      const connection = open(WORKER);
      const worker = new Worker(name, (job) => process(job.data as T), {
        connection,
        prefix: PREFIX,
        concurrency: options.concurrency,
        limiter: limiterFor(options),
      });
      const wrapped = wrapWorker(worker, logger);
      return {
        close: async () => {
          await wrapped.close();
          connection.disconnect();
        },
      };
    },
    ping: async () => {
      await producer.ping();
    },
    close: async () => {
      producer.disconnect();
      await Promise.resolve();
    },
  };
}
