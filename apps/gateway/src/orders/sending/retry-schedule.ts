import { jittered, notBefore } from '../../core/jitter.js';
import { MOST_RETRY_AFTER_SECS, type CallResult } from '@vestibule/troika-client';

/** When an attempt that is not counted is made again, where the schedule has no entry. */
const FREE_RETRY_SECS = 60;

/**
 * When the attempt after this result is due by the schedule.
 *
 * @param counted the attempts that count against the schedule, the one that has just ended among them
 * @param made all attempts
 * @returns milliseconds from now; undefined when the schedule is used up
 */
export function scheduledRetryMs(
  result: CallResult,
  scheduleSecs: readonly number[],
  { counted, made }: { counted: number; made: number },
): number | undefined {
  if (result.kind === 'not-executed') return nextFreeRetryMs(scheduleSecs, made, result.retryAfterSecs);
  return nextRetryMs(scheduleSecs, counted, result.kind === 'answered' ? result.retryAfterSecs : undefined);
}

/**
 * When the next attempt is due after one that does not count: by the schedule, whose last entry continues for as long as it
 * takes.
 *
 * @param attempt how many attempts were made, from 1
 * @returns milliseconds from now
 */
export function nextFreeRetryMs(
  scheduleSecs: readonly number[],
  attempt: number,
  retryAfterSecs = 0,
  random: () => number = Math.random,
): number {
  const schedule = scheduleSecs.length === 0 ? [FREE_RETRY_SECS] : scheduleSecs;
  return nextRetryMs(schedule, Math.min(attempt, schedule.length), retryAfterSecs, random) ?? 1_000 * FREE_RETRY_SECS;
}

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
  // Asked for a time, no one comes earlier: the spread is added to it.
  const askedSecs = notBefore(Math.min(retryAfterSecs, MOST_RETRY_AFTER_SECS), random);
  return Math.round(1_000 * Math.max(jittered(secs, random), askedSecs));
}
