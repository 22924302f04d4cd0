import type { Queue } from 'bullmq';
import type { Logger } from '../core/logger.js';
import type { SharedClock } from './database-time.js';
import { ErrorLog } from './error-log.js';
import type { JobQueue, QueuedJob } from './job-queue.js';

/** The part of BullMQ's `Queue` that is used, the same on both backends. */
export type AnyQueue<T> = Pick<Queue<T>, 'addBulk' | 'getJobCounts' | 'close' | 'on'>;

/** A finished job is removed: the ledger has the result, and a kept id would block the order's next generation. */
const JOB_OPTIONS = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const;

/**
 * @param known asks the backend which ids it has, all in one call: BullMQ itself asks for one at a time
 * @param clock says when a job is queued, which its delay counts from
 */
export function wrapQueue<T>(
  queue: AnyQueue<T>,
  known: JobQueue<T>['known'],
  clock: SharedClock,
  logger: Logger,
): JobQueue<T> {
  const errors = new ErrorLog(logger, 'the queue reports an error');
  queue.on('error', errors.write);
  return {
    add: async (jobs: readonly QueuedJob<T>[]) => {
      const timestamp = Math.round(clock.now());
      const bulk = jobs.map(({ id, data, delayMs }) => ({
        name: 'job',
        data,
        opts: { ...JOB_OPTIONS, jobId: id, timestamp, ...(delayMs === undefined ? {} : { delay: delayMs }) },
      }));
      await queue.addBulk(bulk as unknown as Parameters<Queue<T>['addBulk']>[0]);
    },
    known,
    inspect: () => Promise.resolve(queue as unknown as Queue),
    counts: () => queue.getJobCounts('waiting', 'active', 'delayed', 'failed'),
    close: () => queue.close().finally(() => errors.silence()),
  };
}
