import { HORIZON_MS, type TrackingConditions } from './claim-tracks.js';

/** While nothing is due: a newly confirmed order is found this soon. */
const IDLE_MS = 500;
/** While orders wait to be sent. */
const SENDS_MS = 100;
/** The longest while the breaker is open or tracking pauses: either may end before its time. */
const BACK_OFF_MS = 1_000;
/** When others were at the rate limiter or at what is due. */
const AGAIN_MS = 10;

/**
 * When the next claim is worth it: before the taken slots are used up, so that none passes unused, and not before
 * something can be due.
 *
 * @param taken how many tracks the claim took
 * @returns milliseconds
 */
export function nextRoundMs(conditions: TrackingConditions, taken: number): number {
  const { pausedForMs, probeInMs, sendsWait, dueNow, dueInMs, free, nextSlotInMs } = conditions;
  if (probeInMs !== undefined) return between(AGAIN_MS, probeInMs, BACK_OFF_MS);
  if (pausedForMs > 0) return between(AGAIN_MS, pausedForMs, BACK_OFF_MS);
  if (!dueNow || taken < free) return between(AGAIN_MS, dueInMs ?? IDLE_MS, IDLE_MS);
  if (sendsWait) return SENDS_MS;
  // Half a horizon before the next slot begins, and while few places could be taken, when half of them are used.
  return between(AGAIN_MS, Math.max(nextSlotInMs / 2, nextSlotInMs - HORIZON_MS / 2), BACK_OFF_MS);
}

/** Whether a call has to find out if the partner is back, and tracking has one to make. */
export function isTimeToProbe({ probeInMs, pausedForMs, dueNow, sendsWait }: TrackingConditions): boolean {
  return probeInMs !== undefined && probeInMs <= 0 && pausedForMs === 0 && dueNow && !sendsWait;
}

function between(least: number, value: number, most: number): number {
  return Math.min(Math.max(least, value), most);
}
