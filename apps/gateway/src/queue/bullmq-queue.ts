import type { Job, Queue, Worker } from 'bullmq';
import type { Logger } from '../logging/logger.js';
import { describeError } from '../logging/logger.js';
import type { JobQueue, JobWorker, QueuedJob, WorkerOptions } from './job-queue.js';

/** The part of BullMQ's `Queue` that is used, the same on both backends. */
export type AnyQueue<T> = Pick<Queue<T>, 'addBulk' | 'getJobs' | 'getJobCounts' | 'close' | 'on'> & {
  getJob(id: string): Promise<Job<T> | undefined>;
};

/** A job is gone once it is done: the ledger remembers, and an id that is kept would block its order's next turn. */
const JOB_OPTIONS = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const;

export function wrapQueue<T>(queue: AnyQueue<T>, logger: Logger): JobQueue<T> {
  const errors = errorLog(logger, 'the queue reports an error');
  queue.on('error', errors.write);
  return {
    add: async (jobs: readonly QueuedJob<T>[]) => {
      const bulk = jobs.map(({ id, data, delayMs }) => ({
        name: 'job',
        data,
        opts: { ...JOB_OPTIONS, jobId: id, ...(delayMs === undefined ? {} : { delay: delayMs }) },
      }));
      await queue.addBulk(bulk as unknown as Parameters<Queue<T>['addBulk']>[0]);
    },
    known: async (ids) => {
      const jobs = await Promise.all(ids.map((id) => queue.getJob(id)));
      return new Set(ids.filter((_, index) => jobs[index] !== undefined));
    },
    counts: () => queue.getJobCounts('waiting', 'active', 'delayed', 'failed'),
    close: () => queue.close().finally(errors.silence),
  };
}

/** Once closed, connections that are still saying good-bye may be cut by the server: nobody needs to read of it. */
function errorLog(logger: Logger, text: string) {
  let silent = false;
  return {
    write: (error: Error): void => {
      if (!silent) logger.warn({ error: describeError(error) }, text);
    },
    silence: (): void => {
      silent = true;
    },
  };
}

export function wrapWorker(worker: Pick<Worker, 'on' | 'close'>, logger: Logger): JobWorker {
  const errors = errorLog(logger, 'the worker reports an error');
  worker.on('error', errors.write);
  worker.on('failed', (_job, error) => logger.error({ error: describeError(error) }, 'a job failed'));
  return { close: () => worker.close().finally(errors.silence) };
}

/**
 * BullMQ's limiter counts whole jobs in a window: a rate below one in a second becomes one in a longer window.
 */
export function limiterFor({ ratePerSecond }: WorkerOptions): { max: number; duration: number } {
  if (ratePerSecond >= 1) return { max: Math.floor(ratePerSecond), duration: 1_000 };
  return { max: 1, duration: Math.ceil(1_000 / ratePerSecond) };
}
