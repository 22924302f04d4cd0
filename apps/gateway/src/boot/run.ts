import { setTimeout as delay } from 'node:timers/promises';
import { ConfigError } from '../config/read-config.js';
import { describeError, type Logger } from '../core/logger.js';
import type { Closers } from './closers.js';
import { explainStartFailure } from './explain.js';

/** How long a start may still take to come to its end when the process is to end. */
const START_LIMIT_MS = 3_000;
/** A terminal and npm both pass on one Ctrl-C: a second signal is one that arrives later than this. */
const SECOND_AFTER_MS = 500;
/** How long a stopped process may take to end on its own. */
const LINGER_MS = 300;

/** Reports why the process does not start: one line per fault, on standard error, without a stack. */
export function reportStartFailure(error: unknown): void {
  const lines = error instanceof ConfigError ? error.faults : [explainStartFailure(error)];
  for (const line of lines) process.stderr.write(`vestibule: ${line}\n`);
}

/**
 * Stops the gateway on SIGTERM and SIGINT (Ctrl-C), in the demo on SIGHUP (the terminal is gone) too, and when the parent that
 * we talk to over a channel has died. A signal that comes while it is still starting lets the start come to its end first, so that
 * nothing is left half-open. A second SIGTERM or SIGINT aborts work in progress, writes that down, and ends.
 */
export function stopOnSignals(
  starting: Promise<unknown>,
  closers: Closers,
  logger: Logger,
  { isHangupAStop = false } = {},
): void {
  const hurry = new AbortController();
  let firstAt: number | undefined;
  const stop = async (why: string): Promise<void> => {
    firstAt = performance.now();
    logger.info({ why }, 'stopping');
    try {
      await untilStarted(starting, hurry);
      await closers.leave(hurry.signal);
      await closers.closeAll(hurry.signal);
      logger.info('stopped');
    } catch (error) {
      logger.error({ error: describeError(error) }, 'stopped, but not cleanly');
      process.exitCode = 1;
    }
    if (hurry.signal.aborted) process.exitCode = 1;
    // Ending on its own lets standard output drain.
    if (process.connected) process.disconnect();
    // It keeps nothing alive; it fires only when something else does, such as a library that waits for a lost Redis.
    setTimeout(() => {
      logger.warn({ open: process.getActiveResourcesInfo() }, 'ending although something was left open');
      process.exit();
    }, LINGER_MS).unref();
  };
  const hangup = isHangupAStop ? (['SIGHUP'] as const) : [];
  for (const signal of ['SIGTERM', 'SIGINT', ...hangup] as const) {
    process.on(signal, () => {
      if (firstAt === undefined) void stop(signal);
      else if (signal !== 'SIGHUP' && performance.now() - firstAt > SECOND_AFTER_MS && !hurry.signal.aborted) {
        logger.warn({ why: signal }, 'stopping at once: what is under way is broken off');
        hurry.abort();
      }
    });
  }
  process.once('disconnect', () => {
    if (firstAt === undefined) void stop('the parent process is gone');
  });
}

/**
 * A start that takes long, such as one that waits for another's migration, is aborted; what it has opened is closed.
 */
async function untilStarted(starting: Promise<unknown>, hurry: AbortController): Promise<void> {
  // A failed start has closed everything, and the caller reports it.
  const started = starting.then(
    () => true,
    () => true,
  );
  const limit = delay(START_LIMIT_MS, false, { signal: hurry.signal, ref: false }).catch(() => false);
  if (!(await Promise.race([started, limit]))) hurry.abort();
}
