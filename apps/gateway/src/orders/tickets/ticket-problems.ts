import { problem, ProblemError } from '../../http/problem.js';
import { PROBLEM_FIELDS } from '../../http/problem-schema.js';
import { named, object, optional } from '../../http/schema/schema.js';
import { maskText } from '../sending/mask-answer.js';
import { NO_SUCH_ORDER } from '../order-not-found.js';
import { ORDER, orderView } from '../order-view.js';
import type { OrderStatus } from '../order-status.js';
import { NOT_CANCELLABLE } from '../api/post-answers.js';
import type { NotAsked } from './cancel.service.js';
import type { CancelResult } from './cancel-result.js';

/** When to try again, where no one said it. */
const RETRY_AFTER_SECS = 5;

/** Why an order in this state has no tickets. */
const NO_TICKETS: Readonly<Record<OrderStatus, string>> = {
  accepted: 'The order is accepted and not sent yet: it has tickets once Тройка Бизнес has confirmed it.',
  retrying: 'The order is retrying: it has tickets once Тройка Бизнес has confirmed it.',
  sending: 'The order is sending: it has tickets once Тройка Бизнес has confirmed it.',
  confirmed: 'The order is confirmed.',
  rejected: 'The order is rejected: Тройка Бизнес refused it, so it has no tickets.',
  unknown: 'The order is unknown: it may have been executed, and an operator has to find out first.',
  failed: 'The order is failed: it was given up and never executed, so it has no tickets.',
  cancelled: 'The order is cancelled before it was sent: it has no tickets.',
};

/** What a call about an order or a ticket is answered when the partner was not asked. */
export function notAskedProblem(why: NotAsked, about: 'order' | 'ticket'): ProblemError {
  switch (why.kind) {
    case 'no-order':
      return new ProblemError(NO_SUCH_ORDER);
    case 'no-ticket':
      return new ProblemError(problem('ticket-not-found', 'The order has no ticket with this id.'));
    case 'wrong-state':
      return new ProblemError(
        about === 'order'
          ? problem('order-not-cancellable', NOT_CANCELLABLE[why.status])
          : problem('order-without-tickets', NO_TICKETS[why.status]),
      );
    case 'no-number':
      return new ProblemError(
        problem(
          'partner-order-id-unknown',
          'The order is confirmed, but its number at Тройка Бизнес is not known here: an operator has to look.',
        ),
      );
    case 'no-partner':
      return new ProblemError(
        problem(
          'partner-not-configured',
          'This process has no connection to Тройка Бизнес: an operator has to set TROIKA_URL for it.',
        ),
      );
    case 'not-read':
      return notRead(why.reading);
  }
}

function notRead(reading: Extract<NotAsked, { kind: 'not-read' }>['reading']): ProblemError {
  const intro = 'Which tickets the order has is not known yet, and';
  switch (reading.kind) {
    case 'silent':
      return new ProblemError(
        problem('partner-unavailable', `${intro} Тройка Бизнес cannot be asked at the moment; try again.`),
        retryAfter(reading.retryAfterSecs),
      );
    case 'refused': {
      const words = `${reading.resultCode}: ${maskText(reading.resultMessage)}`;
      return new ProblemError(problem('partner-answer-unusable', `${intro} Тройка Бизнес does not say (${words}).`));
    }
    case 'unreadable':
      return new ProblemError(
        problem('partner-answer-unusable', `${intro} the answer cannot be read: ${reading.detail}.`),
      );
  }
}

export const CANCEL_PROBLEM = named(
  'CancelProblem',
  object(
    { ...PROBLEM_FIELDS, order: optional(ORDER) },
    { description: 'Why something is not cancelled, with the order as it stands since.' },
  ),
);

/** What a cancellation that has not cancelled anything, or not for sure, is answered. */
export function cancelProblem(result: Exclude<CancelResult, { kind: 'cancelled' | 'accepted' }>): ProblemError {
  switch (result.kind) {
    case 'refused':
      return new ProblemError(
        problem(
          'cancellation-refused',
          `Тройка Бизнес refused to cancel it (${result.words}). How the order stands is in "order".`,
          { members: { order: orderView(result.order) } },
        ),
      );
    case 'not-sent':
      return new ProblemError(
        problem(
          'partner-unavailable',
          'Тройка Бизнес cannot be reached or takes no requests at the moment: nothing was cancelled. Try again.',
        ),
        retryAfter(result.retryAfterSecs ?? undefined),
      );
    case 'unanswered': {
      const since = result.wasRead
        ? 'and shows nothing of the cancellation so far'
        : 'and how the order stands could not be read since';
      return new ProblemError(
        problem(
          result.reason === 'timeout' ? 'cancellation-timed-out' : 'cancellation-unclear',
          `Тройка Бизнес gave no valid answer (${result.reason}), ${since}. Ask again: before anything is sent a ` +
            'second time, the gateway looks how it stands. What is known is in "order".',
          { members: { order: orderView(result.order) } },
        ),
        retryAfter(undefined),
      );
    }
  }
}

function retryAfter(secs = RETRY_AFTER_SECS): Record<string, string> {
  return { 'retry-after': String(secs) };
}
