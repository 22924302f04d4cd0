import { problem, problemView, type Problem } from '../../http/problem.js';
import { problemOfTypes } from '../../http/problem-schema.js';
import { typeOf } from '../../http/problems/catalogue.js';
import { listOf, named, object, optional, type Json } from '../../http/schema/schema.js';
import { ORDER, orderView } from '../order-view.js';
import type { OrderStatus } from '../order-status.js';
import type { PostOutcome, RefusedOrder } from './orders.service.js';

/** Why an order was not taken, for the developer who sent it. */
export function refusalOf(outcome: RefusedOrder): Problem {
  switch (outcome.kind) {
    case 'key-reused':
      return problem('idempotency-key-reuse', 'This Idempotency-Key belongs to another order: its body was different.');
    case 'faulty':
      return problem('validation-failed', 'The order has faults.', { errors: outcome.faults });
    case 'over-budget': {
      const detail = `With this order the orders of this key would cost more than ${outcome.roubles} roubles today, by the day of Moscow, which is all that it may spend.`;
      return problem('budget-spent', detail);
    }
  }
}

/** What a refused order is answered. */
export const REFUSALS = [typeOf('validation-failed'), typeOf('idempotency-key-reuse')];

const status = (only: number): Json => ({ type: 'integer', const: only });
const OUTCOME = named('BatchOutcome', {
  description: 'What the same order posted alone would have been answered.',
  oneOf: [
    object({ status: status(202), replayed: optional({ type: 'boolean', const: true }), order: ORDER }),
    object({ status: status(422), problem: problemOfTypes(REFUSALS) }),
    object({ status: status(429), problem: problemOfTypes([typeOf('budget-spent')]) }),
  ],
});
export const BATCH_ANSWER = named('BatchAnswer', object({ outcomes: listOf(OUTCOME) }));

/**
 * The answer to a batch: `{"outcomes": […]}`, one per entry and in the same order, each either
 * `{"status": 202, "replayed"?: true, "order": {…}}` or `{"status": 422 | 429, "problem": {…}}`, as the same order posted
 * alone would have been answered.
 */
export function batchView(outcomes: readonly PostOutcome[]): object {
  return { outcomes: outcomes.map(outcomeView) };
}

function outcomeView(outcome: PostOutcome): object {
  switch (outcome.kind) {
    case 'accepted':
      return { status: 202, order: orderView(outcome.order) };
    case 'replayed':
      return { status: 202, replayed: true, order: orderView(outcome.order) };
    case 'key-reused':
    case 'faulty':
    case 'over-budget': {
      const refusal = refusalOf(outcome);
      return { status: refusal.status, problem: problemView(refusal) };
    }
  }
}

/** Why an order in this state cannot be cancelled here any more. */
export const NOT_CANCELLABLE: Readonly<Record<OrderStatus, string>> = {
  accepted: 'The order is changing at this moment: try again.',
  retrying:
    'The order is sent again after an attempt that may have been executed: only its end shows what can be done.',
  sending: 'The order is sending: an attempt is under way, and only its end shows what can be done.',
  confirmed: 'The order is confirmed: it is paid, and only Тройка Бизнес can cancel it. Try again.',
  rejected: 'The order is rejected: Тройка Бизнес refused it, so there is nothing to cancel.',
  unknown: 'The order is unknown: it may have been executed, and an operator has to find out first.',
  failed: 'The order is failed: it was given up and never executed, so there is nothing to cancel.',
  cancelled: 'The order is cancelled already.',
};
