import { ConfigError } from '../config/read-config.js';
import { describeError, type Logger } from '../core/logger.js';
import type { Gateway } from './gateway.js';
import { explainStartFailure } from './explain.js';

/** How long a process that has stopped may take to end by itself. */
const LINGER_MS = 2_000;

/** Tells a person why the process does not start: one line per fault, on standard error, no stack. */
export function reportStartFailure(error: unknown): void {
  const lines = error instanceof ConfigError ? error.faults : [explainStartFailure(error)];
  for (const line of lines) process.stderr.write(`vestibule: ${line}\n`);
}

/**
 * Stops the gateway on SIGTERM, SIGINT (Ctrl-C) and SIGHUP (the terminal is gone), and when the parent that we talk to
 * over a channel has died. A signal that comes while it is still starting lets the start come to its end first, so that
 * nothing is left half-open; a second signal changes nothing: what is under way is being finished.
 */
export function stopOnSignals(starting: Promise<Gateway>, logger: Logger): void {
  let stopping = false;
  const stop = async (why: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ why }, 'stopping');
    try {
      // A start that failed has closed what it opened, and is reported by the one who started it.
      const gateway = await starting.catch(() => undefined);
      await gateway?.stop();
      logger.info('stopped');
    } catch (error) {
      logger.error({ error: describeError(error) }, 'stopped, but not cleanly');
      process.exitCode = 1;
    }
    // Nothing is left to do: ending by itself lets standard output drain.
    if (process.connected) process.disconnect();
    // It keeps nothing alive; it fires only when something else does, such as a library that waits for a lost Redis.
    setTimeout(() => {
      logger.warn({ open: process.getActiveResourcesInfo() }, 'ending although something was left open');
      process.exit();
    }, LINGER_MS).unref();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
  process.once('disconnect', () => void stop('the parent process is gone'));
}
