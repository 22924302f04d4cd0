import { jittered, notBefore } from '../../core/jitter.js';
import { MOST_RETRY_AFTER_SECS } from '@vestibule/troika-client';

/**
 * When the next attempt is due: the schedule's entry, give or take a fifth, so that orders that failed together do not
 * come back together; later when the partner asked for it.
 *
 * @param scheduleSecs one entry per retry
 * @param attempt the attempt that has just ended, from 1, of those that count
 * @param retryAfterSecs what a Retry-After header asked for
 * @param random a number from 0 to 1
 * @returns milliseconds from now; undefined when the schedule is used up
 */
export function nextRetryMs(
  scheduleSecs: readonly number[],
  attempt: number,
  retryAfterSecs = 0,
  random: () => number = Math.random,
): number | undefined {
  const secs = scheduleSecs[attempt - 1];
  if (secs === undefined) return undefined;
  // Asked for a time, nobody comes earlier: the spread is added to it.
  const askedSecs = notBefore(Math.min(retryAfterSecs, MOST_RETRY_AFTER_SECS), random);
  return Math.round(1_000 * Math.max(jittered(secs, random), askedSecs));
}
