import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 25;
/** Beyond this even a busy machine does not explain it. */
const MOST_PATIENCE = 4;

/** How many times longer than on an idle machine things may take now: as many as want each core. */
function patience(): number {
  const [lastMinute = 0] = loadavg();
  return Math.min(MOST_PATIENCE, Math.max(1, lastMinute / availableParallelism()));
}

/** A time limit as long as this machine needs now, from the one for an idle machine. */
export function scaled(limitMs: number): number {
  return Math.round(limitMs * patience());
}

/**
 * Polls until a condition holds.
 *
 * @param ask returns the awaited value, or undefined or false until then
 * @param what for the message at the time limit
 * @param limitMs on an idle machine; on a busy one it is longer
 */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>, limitMs = 45_000): Promise<T> {
  const started = Date.now();
  for (;;) {
    const value = await ask();
    if (value !== undefined && value !== false) return value;
    const waitedMs = Date.now() - started;
    if (waitedMs > scaled(limitMs)) throw new Error(`waited ${(waitedMs / 1000).toFixed(0)} s in vain: ${what}`);
    await delay(POLL_MS);
  }
}
