import { problem, type Problem } from '../../http/problem.js';
import type { AdjustOutcome } from './adjust-balance.js';

/** The answer to every call about cards when another system manages them. */
export const CARDS_ELSEWHERE = problem(
  'cards-elsewhere',
  "Cards live in the company's own system (CARD_PROGRAM): look them up and change them there.",
);

export const NO_SUCH_CARD = problem('card-not-found', 'There is no card with this number.');

export const NO_IDEMPOTENCY_KEY = problem(
  'idempotency-key-missing',
  'Send a header Idempotency-Key of 1 to 255 printable ASCII characters, once, and another for each adjustment.',
);

/** Why a balance was not adjusted, for the operator. */
export function refusalOf(outcome: Exclude<AdjustOutcome, { kind: 'done' }>): Problem {
  switch (outcome.kind) {
    case 'not-found':
      return NO_SUCH_CARD;
    case 'key-reused':
      return problem('idempotency-key-reuse', 'This Idempotency-Key belongs to another adjustment; take a new one.');
    case 'valid-until-over': {
      const errors = [{ pointer: '/validUntil', detail: 'Must be today or later: this day is over.' }];
      return problem('validation-failed', 'The body has faults.', { errors });
    }
    case 'over-limit': {
      const detail = `Is more than one person credits (CARD_CREDIT_LIMIT): at most ${outcome.limit}.`;
      return problem('validation-failed', 'The body has faults.', { errors: [{ pointer: '/amount', detail }] });
    }
    case 'not-enough':
      return problem(
        'balance-too-low',
        `The card has ${outcome.balance.available} bonuses available. Debit at most that amount.`,
      );
  }
}
