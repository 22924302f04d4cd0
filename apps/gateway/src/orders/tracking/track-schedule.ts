import { jittered } from '../../core/jitter.js';

/**
 * When an order is polled next: the schedule's entry for the number of polls without a change, the last one repeated,
 * give or take a fifth, so that orders that were confirmed together spread out.
 *
 * @param scheduleSecs growing, not empty
 * @param step from 0
 * @param random a number from 0 to 1
 * @returns milliseconds from now
 */
export function nextPollMs(scheduleSecs: readonly number[], step: number, random: () => number = Math.random): number {
  return Math.round(1_000 * jittered(intervalSecs(scheduleSecs, step), random));
}

/** The schedule's slow end: for an order about which the partner answers nothing. */
export const LAST_STEP = 1_000;

function intervalSecs(scheduleSecs: readonly number[], step: number): number {
  const secs = scheduleSecs[Math.min(step, scheduleSecs.length - 1)];
  if (secs === undefined) throw new RangeError('the schedule of tracking is empty');
  return secs;
}
