/**
 * Spreads a pause by a fifth to either side, so that calls that failed together do not return together.
 *
 * @param pause in any unit
 * @param random a number from 0 to 1
 */
export function jittered(pause: number, random: () => number = Math.random): number {
  return pause * (0.8 + 0.4 * random());
}

/** The spread of `jittered` in SQL, as a factor. */
export const JITTER_SQL = '(0.8 + 0.4 * random())';

/** Spreads a requested pause: up to a fifth later, never earlier. */
export function notBefore(pause: number, random: () => number = Math.random): number {
  return pause * (1 + 0.2 * random());
}
