import { nextRetryMs } from '../sending/retry-schedule.js';
import type { CallFailure, WebhookOutcome } from '../../egress/post-webhook.js';

/** How an attempt is named in logs, metrics and answers. */
export type AttemptOutcome =
  | 'delivered'
  /** 410: no one is there any more. */
  | 'gone'
  /** 429 or 503. */
  | 'busy'
  /** 3xx: the one who moved must say so in their orders. */
  | 'redirected'
  /** Any other status. */
  | 'refused'
  /** The producer has no secret here, so nothing could be signed. */
  | 'no-secret'
  | CallFailure;

export interface DeliveryVerdict {
  readonly outcome: AttemptOutcome;
  readonly httpStatus: number | null;
  /** Whether the host has shown that it is there. */
  readonly reach: 'answered' | 'silent' | 'not-tried';
  /** For a person; null when the status says it all. */
  readonly detail: string | null;
  /** `pending` waits for its next attempt, or at a disabled address for the producer. */
  readonly state: 'delivered' | 'pending' | 'given-up';
  readonly retryInMs: number;
  /** How long the whole address is left alone because it asked for it. */
  readonly pauseMs: number;
}

/** What an attempt can end in. */
export type Ending = WebhookOutcome | { readonly kind: 'no-secret'; readonly detail: string };

/** The first row that fits names the outcome of a status. */
const STATUSES: readonly (readonly [least: number, most: number, AttemptOutcome])[] = [
  [200, 299, 'delivered'],
  [300, 399, 'redirected'],
  [410, 410, 'gone'],
  [429, 429, 'busy'],
  [503, 503, 'busy'],
  [0, 999, 'refused'],
];

/**
 * Decides the state of a delivery after an attempt. Everything but 2xx is a failure and is retried by the schedule;
 * `Retry-After` of a busy receiver is respected (an hour at most); after 410 nothing is sent.
 *
 * @param attempt the one that has just ended, from 1, of those that count
 * @param scheduleSecs one entry per attempt, the first for the first one
 */
export function decideDelivery(ending: Ending, attempt: number, scheduleSecs: readonly number[]): DeliveryVerdict {
  const outcome = nameOutcome(ending);
  const httpStatus = ending.kind === 'answered' ? ending.httpStatus : null;
  const detail = ending.kind === 'answered' ? null : ending.detail;
  const verdict = { outcome, httpStatus, reach: reachOf(ending), detail, retryInMs: 0, pauseMs: 0 };
  if (outcome === 'delivered') return { ...verdict, state: 'delivered' };
  // Its address is disabled in the same breath; it is due as soon as the producer enables that again.
  if (outcome === 'gone') return { ...verdict, state: 'pending' };
  const askedSecs = outcome === 'busy' && ending.kind === 'answered' ? ending.retryAfterSecs : undefined;
  const retryInMs = nextRetryMs(scheduleSecs.slice(1), attempt, askedSecs);
  const pauseMs = askedSecs === undefined ? 0 : (nextRetryMs([0], 1, askedSecs) ?? 0);
  if (retryInMs === undefined) return { ...verdict, pauseMs, state: 'given-up' };
  return { ...verdict, pauseMs, retryInMs, state: 'pending' };
}

function reachOf(ending: Ending): DeliveryVerdict['reach'] {
  if (ending.kind === 'answered') return 'answered';
  return ending.kind === 'no-secret' || ending.reason === 'forbidden-target' ? 'not-tried' : 'silent';
}

function nameOutcome(ending: Ending): AttemptOutcome {
  switch (ending.kind) {
    case 'no-secret':
      return 'no-secret';
    case 'failed':
      return ending.reason;
    case 'answered': {
      const { httpStatus } = ending;
      const row = STATUSES.find(([least, most]) => httpStatus >= least && httpStatus <= most);
      return row?.[2] ?? 'refused';
    }
  }
}
