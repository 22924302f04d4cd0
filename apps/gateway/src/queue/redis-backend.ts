import { once } from 'node:events';
import { Redis, type Cluster } from 'ioredis';
import { Queue, Worker } from 'bullmq';
import type { Logger } from '../core/logger.js';
import { wrapQueue, type AnyQueue } from './bullmq-queue.js';
import type { SharedClock } from './database-time.js';
import { superviseWorker, workerSettings } from './bullmq-worker.js';
import type { JobProcessor, JobQueue, JobWorker, QueueBackend, WorkerOptions } from './job-queue.js';
import { openRedisCappedLog } from './redis-capped-log.js';
import { checkRedis, tryQueueWork } from './redis-check.js';
import { keepConnected } from './keep-connected.js';
import { findStartable } from './redis-startable.js';
import { ErrorLog } from './error-log.js';
import { connectRedis, parseRedisUrl, type RedisAddress, type RedisSettings } from './redis-address.js';

/** A Cluster keeps all keys of one hash tag on one node, as BullMQ's scripts need. */
const PREFIX = '{vestibule}';

/** A producer of jobs fails fast: the ledger has the order, and the sweeper will queue it. */
const PRODUCER: RedisSettings = {
  enableOfflineQueue: false,
  commandTimeout: 2_000,
  maxRetriesPerRequest: 1,
  // A connection on which nothing is answered is given up, and the next one may find a server that took over.
  socketTimeout: 4_000,
};

/** A worker waits for as long as it takes, but notices a silent connection: it asks for a job every ten seconds. */
const WORKER: RedisSettings = { maxRetriesPerRequest: null, socketTimeout: 15_000 };

/** How long a start waits for Redis before it continues without: the gateway accepts orders anyway. */
const START_WAIT_MS = 5_000;

const REFUSED_LOGIN = /^(WRONGPASS|NOAUTH|ERR invalid password|ERR AUTH|ERR Client sent AUTH)/;

/** A database that a Redis does not have would be passed over in silence: the client continues in number 0. */
async function refuseMissingDatabase(producer: Redis | Cluster, address: RedisAddress): Promise<void> {
  if (address.kind !== 'single' || !address.options.db || !(producer instanceof Redis)) return;
  const { db } = address.options;
  // Another check reports a Redis that is away.
  const refusal = await producer.select(db).then(
    () => '',
    ({ message }: Error) => message,
  );
  if (!refusal.startsWith('ERR')) return;
  throw new Error(
    `REDIS_URL names the database ${db}, which that Redis does not have (${refusal}); correct the number`,
  );
}

/** BullMQ on Redis: what grows. Redis may be lost at any time; the ledger fills it again. */
export function openRedisBackend(url: string, clock: SharedClock, logger: Logger): QueueBackend {
  const address = parseRedisUrl(url);
  const errors = new ErrorLog(logger, 'Redis reports an error');
  const login: { refusal: string | undefined } = { refusal: undefined };
  const open = (options: RedisSettings) => {
    const client = connectRedis(address, options);
    client.on('error', (error: Error) => {
      errors.write(error);
      if (REFUSED_LOGIN.test(error.message)) login.refusal = error.message;
    });
    client.on('ready', () => (login.refusal = undefined));
    return client;
  };
  const producer = open(PRODUCER);
  const keptProducer = keepConnected(producer);
  const refuseWhenAway = (): void => {
    if (producer.status !== 'ready') throw new Error(`Redis is away (${producer.status})`);
  };
  return {
    kind: 'redis',
    prepare: async () => {
      const limit = AbortSignal.timeout(START_WAIT_MS);
      if (producer.status !== 'ready') {
        await once(producer, 'ready', { signal: limit }).catch(() =>
          logger.warn('Redis is away; orders are kept and will be queued once it is back'),
        );
      }
      await refuseMissingDatabase(producer, address);
    },
    openQueue: <T>(name: string) => {
      const known = async (ids: readonly string[]): Promise<ReadonlySet<string>> => {
        refuseWhenAway();
        return await findStartable(producer, `${PREFIX}:${name}`, ids);
      };
      return openWhenReachable(async () => {
        await producer.ping();
        const queue = new Queue(name, { connection: producer, prefix: PREFIX, skipWaitingForReady: true });
        const wrapped = wrapQueue(queue as unknown as AnyQueue<T>, known, clock, logger);
        await queue.waitUntilReady();
        // Left behind by an earlier version, maybe by a clock that was ahead: workers would wait for its end.
        await queue.removeRateLimitKey();
        return wrapped;
      });
    },
    openWorker: <T>(name: string, process: JobProcessor<T>, options: WorkerOptions): JobWorker => {
      const connection = open(WORKER);
      const kept = keepConnected(connection);
      // BullMQ duplicates the connection for blocking commands; we cut both. It replaces one that has ended itself.
      const duplicates: Redis[] = [];
      const duplicate = connection.duplicate.bind(connection) as (...args: unknown[]) => Redis;
      connection.duplicate = ((...args: unknown[]) => {
        const second = duplicate(...args);
        duplicates.push(second);
        return second;
      }) as typeof connection.duplicate;
      const disconnect = (): void => {
        kept.disconnect();
        for (const each of duplicates) if (each.status !== 'end') each.disconnect();
      };
      return superviseWorker<T>(
        (processor) => new Worker<T>(name, processor, { connection, prefix: PREFIX, ...workerSettings(options) }),
        process,
        options.gate,
        logger,
        disconnect,
      );
    },
    openCappedLog: (name, options) => openRedisCappedLog(producer, `${PREFIX}:${name}`, options),
    ping: async () => {
      refuseWhenAway();
      await tryQueueWork(producer, PREFIX);
    },
    check: checkRedis(producer, PREFIX, login),
    close: () => {
      keptProducer.disconnect();
      return Promise.resolve();
    },
  };
}

/**
 * Opens a queue at its first use, and again at the next when that failed: a BullMQ queue whose very first command finds
 * no connection stays broken for good, even if the connection is ready a millisecond later.
 */
function openWhenReachable<T>(open: () => Promise<JobQueue<T>>): JobQueue<T> {
  let opening: Promise<JobQueue<T>> | undefined;
  const queue = async (): Promise<JobQueue<T>> => {
    opening ??= open();
    try {
      return await opening;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
  return {
    add: async (jobs) => await (await queue()).add(jobs),
    known: async (ids) => await (await queue()).known(ids),
    counts: async () => await (await queue()).counts(),
    inspect: async () => await (await queue()).inspect(),
    close: async () => await (await opening)?.close(),
  };
}
