import { setTimeout as delay } from 'node:timers/promises';

/** How a call that failed for a passing reason is repeated. */
export interface RetryOptions {
  /** How often a call is made at most, the first time included; 1 repeats nothing. */
  readonly attempts: number;
  /** The pause before the second attempt, in milliseconds; each further one is twice as long. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** A quarter of a minute in all: long enough for a gateway that restarts. */
export const DEFAULT_RETRY: RetryOptions = { attempts: 8, firstPauseMs: 200, longestPauseMs: 5_000 };

/** The longest wait, even if a Retry-After asks for more. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/** The statuses that say «later»; any other is an answer. */
export const PASSING_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * The pause after an attempt: it grows, and is shortened by up to a half at random, so that callers that failed
 * together do not return together. Never shorter than the gateway asked for.
 *
 * @param attempt the attempt that has just failed, from 1
 * @returns milliseconds
 */
export function pauseMs(
  attempt: number,
  { firstPauseMs, longestPauseMs }: RetryOptions,
  retryAfterMs = 0,
  random: () => number = Math.random,
): number {
  const grown = Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
  return Math.round(Math.max(grown * (1 - random() / 2), Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS)));
}

/** Waits, unless the caller gives up. @throws the reason of the signal */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** Reads a Retry-After header, in seconds or as a date. @returns milliseconds */
export function readRetryAfter(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
