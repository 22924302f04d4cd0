import type { CallResult } from '@vestibule/troika-client';
import { maskText } from '../sending/mask-answer.js';
import type { OrderRecord } from '../order.js';
import type { CancelOutcome } from './cancellations.js';
import { REFUND_STATUSES } from './ticket-status.js';

/** What a cancellation at the partner came to, with the order as the ledger has it since. */
export type CancelResult =
  | { readonly kind: 'cancelled'; readonly order: OrderRecord }
  /** The partner took it, and does not show it yet. */
  | { readonly kind: 'accepted'; readonly order: OrderRecord }
  | { readonly kind: 'refused'; readonly order: OrderRecord; readonly words: string }
  /** Nothing was sent, or nothing was done with it. */
  | { readonly kind: 'not-sent'; readonly retryAfterSecs: number | null }
  /** It may have been executed; `wasRead`: the order was read since, and shows nothing of it. */
  | { readonly kind: 'unanswered'; readonly order: OrderRecord; readonly reason: string; readonly wasRead: boolean };

/** Whether the target is cancelled: only a reading of the partner counts. */
export function isCancelled({ status, tickets }: OrderRecord, ticketId: string | null): boolean {
  if (ticketId === null) return status === 'cancelled';
  const ticket = tickets.find(({ orderTariffId }) => orderTariffId === ticketId);
  return ticket !== undefined && (REFUND_STATUSES as readonly string[]).includes(ticket.status);
}

/** The stored data of the cancel call. */
export function cancelOutcomeOf(result: CallResult): CancelOutcome {
  const nothing = { reason: null, resultCode: null, resultMessage: null, retryAfterSecs: null };
  switch (result.kind) {
    case 'not-sent':
      return { ...nothing, outcome: 'not-sent', reason: result.reason };
    case 'not-executed': {
      // Nothing was executed there; the caller needs no more.
      const { retryAfterSecs = null, httpStatus } = result;
      return { ...nothing, outcome: 'not-sent', reason: `http-${httpStatus}`, retryAfterSecs };
    }
    case 'unknown':
      return { ...nothing, outcome: 'unknown', reason: result.reason, retryAfterSecs: result.retryAfterSecs ?? null };
    case 'answered': {
      const { resultCode, resultMessage } = result.answer;
      const outcome = resultCode === 0 ? 'accepted' : 'refused';
      return { ...nothing, outcome, resultCode, resultMessage: maskText(resultMessage) };
    }
  }
}

/**
 * The answer: the read state decides; the call's own outcome only explains it.
 *
 * @param order as it is now
 * @param wasRead whether the order was read after the call
 */
export function cancelResultOf(
  { outcome, reason, resultCode, resultMessage, retryAfterSecs }: CancelOutcome,
  order: OrderRecord,
  { ticketId, wasRead }: { ticketId: string | null; wasRead: boolean },
): CancelResult {
  if (isCancelled(order, ticketId)) return { kind: 'cancelled', order };
  switch (outcome) {
    case 'accepted':
      return { kind: 'accepted', order };
    case 'refused':
      return { kind: 'refused', order, words: `${resultCode ?? ''}: ${resultMessage ?? ''}` };
    case 'not-sent':
      return { kind: 'not-sent', retryAfterSecs };
    case 'unknown':
      return { kind: 'unanswered', order, reason: reason ?? '', wasRead };
  }
}
