import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker, type Job, type Processor } from 'bullmq';
import { describeError, type Logger } from '../core/logger.js';
import { ErrorLog, ErrorLoop } from './error-log.js';
import type { JobOutcome, JobProcessor, JobWorker, WorkerGate, WorkerOptions } from './job-queue.js';

/**
 * How soon a job of a killed worker is repeated: its lock runs out, and the next check but one finds it. A short time
 * is safe: a job repeated too early gets no claim from the ledger.
 */
const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;
/** BullMQ waits 15 seconds before it asks a backend again that refused the connection. */
const RECONNECT_MS = 500;
/** How long an idle worker may take to disconnect from its backend. */
const CLOSE_LIMIT_MS = 2_000;

const GIVE_BACK: JobOutcome = { kind: 'give-back' };

/** The common settings of our workers. No limiter: BullMQ counts by the clock of each process. */
export function workerSettings({ concurrency }: WorkerOptions) {
  return {
    concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    runRetryDelay: RECONNECT_MS,
    autorun: false,
  } as const;
}

/**
 * Runs a worker for the life of the process, through all failures of its backend: one that could not reach its backend
 * at first, or whose loop has ended, is replaced.
 *
 * @param open makes BullMQ's worker around a processor; it must not start on its own
 * @param abandon cuts its connections, for a backend that is away while we close: BullMQ would wait until it is back
 */
export function superviseWorker<T>(
  open: (processor: Processor<T>) => Worker<T>,
  process: JobProcessor<T>,
  gate: WorkerGate,
  logger: Logger,
  abandon: () => void = () => undefined,
): JobWorker {
  const closing = new AbortController();
  // Every running job listens.
  setMaxListeners(0, closing.signal);
  const isClosing = (): boolean => closing.signal.aborted;
  const underWay = new Set<Promise<void>>();
  /** Pauses are waited for here, by a monotonic clock: a pause stored in the queue would affect other processes too. */
  const work = async (data: T): Promise<void> => {
    for (;;) {
      const outcome = isClosing() || !gate.isOpen ? GIVE_BACK : await process(data);
      if (outcome.kind === 'done') return;
      if (outcome.kind === 'give-back') throw Worker.RateLimitError();
      await delay(outcome.pauseMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  };
  const errors = new ErrorLog(logger, 'the worker reports an error');
  const loop = new ErrorLoop();
  const openOne = (): Worker<T> => {
    const worker = open(async (job: Job<T>) => {
      loop.reset();
      const working = work(job.data);
      underWay.add(working);
      await working.finally(() => underWay.delete(working));
    });
    worker.on('error', (error) => {
      errors.write(error);
      // BullMQ asks a backend that refuses its commands again at once, thousands of times a second.
      if (loop.note() && !isClosing()) void worker.close(true);
    });
    worker.on('failed', (_job, error) => logger.error({ error: describeError(error) }, 'a job failed'));
    return worker;
  };
  let current = openOne();
  const live = async (): Promise<void> => {
    for (;;) {
      await opened(gate, closing.signal);
      if (isClosing()) return;
      try {
        await current.waitUntilReady();
        await current.run();
      } catch (error) {
        if (!isClosing()) logger.warn({ error: describeError(error) }, 'the worker could not run');
      }
      if (isClosing()) return;
      await current.close(true);
      if (gate.isOpen) await delay(RECONNECT_MS + loop.pauseMs);
      if (isClosing()) return;
      current = openOne();
    }
  };
  void live();
  const followGate = (): void => {
    if (!gate.isOpen) void current.pause(true);
    // A worker whose loop has ended is replaced instead.
    else if (current.isRunning() && current.isPaused()) void current.resume();
  };
  const unsubscribe = gate.onChange(followGate);
  // BullMQ ends its check for stalled jobs at the first error that is not a refused connection, such as a database
  // that is just starting. Starting the check again is harmless while one is running.
  const check = setInterval(() => {
    if (!current.isRunning()) return;
    // A gate that closed and opened in one moment may have left it paused.
    followGate();
    if (!current.isPaused()) void current.startStalledCheckTimer();
  }, STALLED_CHECK_MS);
  return {
    close: async () => {
      closing.abort();
      unsubscribe();
      clearInterval(check);
      const closed = current.close();
      // A send in progress is always waited for; its report to the queue only for a while.
      while (underWay.size > 0) await Promise.allSettled(underWay);
      const enough = new AbortController();
      const limit = delay(CLOSE_LIMIT_MS, undefined, { signal: enough.signal }).catch(() => undefined);
      await Promise.race([closed, limit]);
      // Connections that are still taking their leave may be cut by a server that ends as well.
      errors.silence();
      enough.abort();
      abandon();
    },
  };
}

/** Resolves once the gate is open, or the signal says that no one waits any more. */
async function opened(gate: WorkerGate, signal: AbortSignal): Promise<void> {
  if (gate.isOpen || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const unsubscribe = gate.onChange(() => gate.isOpen && end());
    const end = (): void => {
      unsubscribe();
      signal.removeEventListener('abort', end);
      resolve();
    };
    signal.addEventListener('abort', end);
  });
}
