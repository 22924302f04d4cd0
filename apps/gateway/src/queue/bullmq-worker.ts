import { setTimeout as delay } from 'node:timers/promises';
import { Worker, type Job, type Processor } from 'bullmq';
import { describeError, type Logger } from '../core/logger.js';
import { ErrorLog, ErrorLoop } from './error-log.js';
import type { JobOutcome, JobProcessor, JobWorker, WorkerOptions } from './job-queue.js';

/**
 * How soon a job is taken up again whose worker was killed: its lock runs out, and the next check but one finds it.
 * Short is safe here: whoever takes a job up too early gets no claim from the ledger.
 */
const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;
/** BullMQ waits 15 seconds before it asks a backend again that refused the connection. */
const RECONNECT_MS = 500;
/** How long a worker that has nothing under way any more may take to take leave of its backend. */
const CLOSE_LIMIT_MS = 5_000;

/** The settings that every worker of ours has. */
export function workerSettings(options: WorkerOptions) {
  return {
    concurrency: options.concurrency,
    limiter: limiterFor(options),
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    runRetryDelay: RECONNECT_MS,
    autorun: false,
  } as const;
}

/** BullMQ's limiter counts whole jobs in a window: a rate below one in a second becomes one in a longer window. */
function limiterFor({ ratePerSecond }: WorkerOptions): { max: number; duration: number } {
  if (ratePerSecond >= 1) return { max: Math.floor(ratePerSecond), duration: 1_000 };
  return { max: 1, duration: Math.ceil(1_000 / ratePerSecond) };
}

/**
 * Runs a worker that lives as long as the process does, whatever its backend goes through: one that could not reach its
 * backend when it was opened, or whose loop has ended, is replaced by another.
 *
 * @param open makes BullMQ's worker around a processor; it must not run by itself
 * @param abandon cuts its connections, for a backend that is away while we close: BullMQ would wait until it is back
 */
export function superviseWorker<T>(
  open: (processor: Processor<T>) => Worker<T>,
  process: JobProcessor<T>,
  logger: Logger,
  abandon: () => void = () => undefined,
): JobWorker {
  let closing = false;
  const underWay = new Set<Promise<JobOutcome>>();
  const errors = new ErrorLog(logger, 'the worker reports an error');
  const loop = new ErrorLoop();
  const openOne = (): Worker<T> => {
    const worker = open(async (job: Job<T>) => {
      loop.reset();
      const work = process(job.data);
      underWay.add(work);
      const outcome = await work.finally(() => underWay.delete(work));
      if (outcome.kind === 'done') return;
      // Queue-wide: every worker stops taking jobs, and this one goes back to the front.
      await worker.rateLimit(outcome.pauseMs);
      throw Worker.RateLimitError();
    });
    worker.on('error', (error) => {
      errors.write(error);
      // BullMQ asks a backend that refuses its commands again at once, thousands of times a second.
      if (loop.note() && !closing) void worker.close(true);
    });
    worker.on('failed', (_job, error) => logger.error({ error: describeError(error) }, 'a job failed'));
    return worker;
  };
  let current = openOne();
  const live = async (): Promise<void> => {
    for (;;) {
      try {
        await current.waitUntilReady();
        await current.run();
      } catch (error) {
        if (!closing) logger.warn({ error: describeError(error) }, 'the worker could not run');
      }
      if (closing) return;
      await current.close(true);
      await delay(RECONNECT_MS + loop.pauseMs);
      if (closing) return;
      current = openOne();
    }
  };
  void live();
  // BullMQ ends its check for stalled jobs at the first error that is not a refused connection, such as a database
  // that is just starting. Starting the check again is harmless while one is running.
  const check = setInterval(() => {
    if (current.isRunning()) void current.startStalledCheckTimer();
  }, STALLED_CHECK_MS * 2);
  return {
    close: async () => {
      closing = true;
      clearInterval(check);
      const closed = current.close();
      // What is being sent is always waited for; that the queue hears of it, for a while only.
      while (underWay.size > 0) await Promise.allSettled(underWay);
      const enough = new AbortController();
      const limit = delay(CLOSE_LIMIT_MS, undefined, { signal: enough.signal }).catch(() => undefined);
      await Promise.race([closed, limit]);
      enough.abort();
      abandon();
    },
  };
}
