/** Classes in an octave: a bound is a fifth above the one below it, so a percentile is at most that much too high. */
const PER_OCTAVE = 4;
/** A tenth of a millisecond; anything shorter is in the first class. */
const LEAST_MS = 0.1;
/** Up to about three minutes, which no call lasts. */
const MOST = 84;
/** How many classes there are. */
export const CLASSES = MOST + 1;

/** The class of a duration: how many bounds are below it. */
export function durationClassOf(durationMs: number): number {
  if (!(durationMs > LEAST_MS)) return 0;
  return Math.min(MOST, Math.ceil(Math.log2(durationMs / LEAST_MS) * PER_OCTAVE));
}

/** The longest duration of a class, in milliseconds. */
export function boundMsOf(durationClass: number): number {
  return LEAST_MS * 2 ** (durationClass / PER_OCTAVE);
}

/** Calls of one class of durations. */
export interface ClassCount {
  readonly durationClass: number;
  readonly calls: number;
}

/**
 * The duration that a share of the calls does not exceed.
 *
 * @param share such as 0.95
 * @returns milliseconds to two significant digits; null without calls
 */
export function percentileMs(counts: readonly ClassCount[], share: number): number | null {
  const all = counts.reduce((sum, { calls }) => sum + calls, 0);
  if (all === 0) return null;
  let below = 0;
  for (const { durationClass, calls } of counts.toSorted((one, other) => one.durationClass - other.durationClass)) {
    below += calls;
    if (below >= all * share) return Number(boundMsOf(durationClass).toPrecision(2));
  }
  return null;
}
