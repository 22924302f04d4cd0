import { notBefore } from '../../core/jitter.js';
import type { PlacedOrder } from '@vestibule/troika-contract';
import { MOST_RETRY_AFTER_SECS, type CallResult } from '@vestibule/troika-client';
import { placedOrderOf } from '../tickets/read-placed-order.js';

/** The possible results of a poll. */
export type PollKind = 'read' | 'refused' | 'unreadable' | 'throttled' | 'out-of-reach' | 'unclear';

/** What each does to the order's track. */
export interface PollRule {
  /** The order's next step in the schedule: the following one, the slow end, or the one it had. */
  readonly step: 'next' | 'last' | 'same';
  /** Whether the partner answers nothing usable about this order; undefined without an answer. */
  readonly isRefused: boolean | undefined;
}

/** The whole table. Only what the partner says of an order moves its track on; bad conditions burns no schedule. */
export const POLL_TABLE: Readonly<Record<PollKind, PollRule>> = {
  read: { step: 'next', isRefused: false },
  refused: { step: 'last', isRefused: true },
  unreadable: { step: 'last', isRefused: true },
  throttled: { step: 'same', isRefused: undefined },
  'out-of-reach': { step: 'same', isRefused: undefined },
  unclear: { step: 'same', isRefused: undefined },
};

export interface PollOutcome {
  readonly kind: PollKind;
  /** For `read`. */
  readonly placed: PlacedOrder | undefined;
  /** For `read`: fields of a wrong form, which cost nothing else. */
  readonly oddities: readonly string[];
  /** What the log says: a code, a reason; never the partner's text. */
  readonly detail: string;
  /** For how long all of tracking pauses. */
  readonly pauseMs: number;
}

/** After a call that could not reach the partner; a breaker that opens pauses longer. */
const OUT_OF_REACH_MS = 3_000;
/** HTTP 429 or 503 that does not say how long. */
const THROTTLED_SECS = 10;
/** So many unclear outcomes in a row are the partner's trouble, not one order's. */
const UNCLEAR_IN_A_ROW = 3;

/**
 * Decides the result of a poll.
 *
 * @param troikaOrderId the polled order: an answer about another one is ignored
 * @param unclearBefore how many outcomes in a row were unclear before this one
 * @param random a number from 0 to 1
 */
export function judgePoll(
  result: CallResult,
  troikaOrderId: string,
  unclearBefore: number,
  random: () => number = Math.random,
): PollOutcome {
  const outcome = (kind: PollKind, detail: string, pauseMs = 0): PollOutcome => ({
    kind,
    detail,
    pauseMs: Math.round(pauseMs),
    placed: undefined,
    oddities: [],
  });
  if (result.kind === 'not-sent') return outcome('out-of-reach', result.reason, OUT_OF_REACH_MS);
  const isThrottled = result.httpStatus === 429 || result.httpStatus === 503;
  if (isThrottled && !(result.kind === 'answered' && result.answer.resultCode === 0)) {
    const secs = Math.min(result.retryAfterSecs ?? THROTTLED_SECS, MOST_RETRY_AFTER_SECS);
    // Asked for a time, no one comes earlier: the spread is added to it.
    return outcome('throttled', `HTTP ${result.httpStatus}`, notBefore(1_000 * Math.max(1, secs), random));
  }
  if (result.kind === 'not-executed') return outcome('out-of-reach', `HTTP ${result.httpStatus}`, OUT_OF_REACH_MS);
  const reading = placedOrderOf(result, { troikaOrderId });
  switch (reading.kind) {
    case 'read':
      return { ...outcome('read', 'resultCode 0'), placed: reading.value, oddities: reading.oddities ?? [] };
    case 'refused':
      return outcome('refused', `resultCode ${reading.resultCode}`);
    case 'unreadable':
      return outcome('unreadable', reading.detail);
    case 'silent':
      return outcome('unclear', reading.reason, unclearBefore + 1 >= UNCLEAR_IN_A_ROW ? OUT_OF_REACH_MS : 0);
  }
}
