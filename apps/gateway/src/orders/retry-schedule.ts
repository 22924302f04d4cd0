/**
 * When the next attempt is due: the schedule's entry, give or take a fifth, so that orders that failed together do not
 * come back together.
 *
 * @param scheduleSecs one entry per retry
 * @param attempt the attempt that has just ended, from 1
 * @param random a number from 0 to 1
 * @returns milliseconds from now; undefined when the schedule is used up
 */
export function nextRetryMs(
  scheduleSecs: readonly number[],
  attempt: number,
  random: () => number = Math.random,
): number | undefined {
  const secs = scheduleSecs[attempt - 1];
  return secs === undefined ? undefined : Math.round(secs * 1_000 * (0.8 + 0.4 * random()));
}
