import { readCreateOrderAnswer } from '@vestibule/troika-contract';
import type { CallResult } from '@vestibule/troika-client';
import type { OrderStatus } from '../order-status.js';

/** What one attempt makes of an order. */
export interface AttemptVerdict {
  readonly status: Extract<OrderStatus, 'confirmed' | 'rejected' | 'retrying' | 'failed' | 'unknown'>;
  /** Why, for the order's history. */
  readonly cause: string;
  readonly resultCode?: number;
  readonly resultMessage?: string;
  readonly troikaOrderId?: string;
  readonly troikaUuid?: string;
  readonly totalAmount?: string;
  /** One sentence for each field of an answer of 0 whose form is not the contract's; absent when there are none. */
  readonly oddities?: readonly string[];
}

/** The rows a result can fall into. */
export type OutcomeRow =
  | 'answered-0'
  | 'answered-0-without-id'
  | 'answered-0-same-id'
  | 'answered-other'
  | 'answered-other-in-doubt'
  | 'answered-retryable'
  | 'not-executed'
  | 'not-sent'
  | 'not-sent-last'
  | 'not-sent-last-in-doubt'
  | 'not-sent-paused'
  | 'claim-lost'
  | 'not-written-down'
  | 'written-down-before'
  | 'unknown';

/** Which outcome leads to which state: the whole table. */
export const OUTCOME_TABLE: Readonly<Record<OutcomeRow, Pick<AttemptVerdict, 'status' | 'cause'>>> = {
  'answered-0': { status: 'confirmed', cause: 'answered-0' },
  // Paid according to the answer, but it cannot be polled or cancelled: a person finds its id, or finds none.
  'answered-0-without-id': { status: 'unknown', cause: 'answered-0-without-id' },
  // The id belongs to another order of ours: one of the two was not executed. Only the ledger can decide that, when it
  // settles.
  'answered-0-same-id': { status: 'unknown', cause: 'answered-0-same-id' },
  'answered-other': { status: 'rejected', cause: 'answered-other' },
  'answered-other-in-doubt': { status: 'unknown', cause: 'answered-other-in-doubt' },
  'answered-retryable': { status: 'retrying', cause: 'answered-retryable' },
  // Something between us has to be put right, and no order is to blame: none of its attempts is used up.
  'not-executed': { status: 'retrying', cause: 'not-executed' },
  'not-sent': { status: 'retrying', cause: 'not-sent' },
  'not-sent-last': { status: 'failed', cause: 'retries-used-up' },
  'not-sent-last-in-doubt': { status: 'unknown', cause: 'retries-used-up-in-doubt' },
  'not-sent-paused': { status: 'retrying', cause: 'partner-out-of-reach' },
  // The right to send it was given in an answer that never arrived, so nothing was sent.
  'claim-lost': { status: 'retrying', cause: 'claim-lost' },
  // The send journal did not take it, so nothing was sent.
  'not-written-down': { status: 'retrying', cause: 'journal-unwritable' },
  // The send journal has this attempt already: the ledger has gone back in time, and its earlier outcome is not known
  // here.
  'written-down-before': { status: 'unknown', cause: 'ledger-restored' },
  unknown: { status: 'unknown', cause: 'no-valid-answer' },
};

/** What beside the result itself decides. */
export interface Circumstances {
  /** Whether the retry schedule has a further attempt. */
  readonly attemptsLeft: boolean;
  /** Whether the breaker is open: then waiting costs nothing. */
  readonly breakerOpen: boolean;
  /** Codes that mean "not executed, try again later". */
  readonly retryableCodes: readonly number[];
  /**
   * Whether an earlier attempt may have been executed, and only a rule has sent the order again. What this attempt came
   * to then says nothing of that one: a refusal may even be its consequence.
   */
  readonly inDoubt: boolean;
}

/**
 * Decides by evidence what an attempt to create an order has led to.
 *
 * @param result what the client knows of the call
 */
export function decide(result: CallResult, circumstances: Circumstances): AttemptVerdict {
  const { attemptsLeft, breakerOpen, retryableCodes, inDoubt } = circumstances;
  switch (result.kind) {
    case 'not-sent':
      if (breakerOpen) return OUTCOME_TABLE['not-sent-paused'];
      if (attemptsLeft) return OUTCOME_TABLE['not-sent'];
      return OUTCOME_TABLE[inDoubt ? 'not-sent-last-in-doubt' : 'not-sent-last'];
    case 'not-executed':
      return OUTCOME_TABLE['not-executed'];
    case 'unknown':
      return OUTCOME_TABLE.unknown;
    case 'answered': {
      const { resultCode, resultMessage, body } = result.answer;
      if (resultCode !== 0) {
        const again = attemptsLeft && retryableCodes.includes(resultCode);
        const final = inDoubt ? 'answered-other-in-doubt' : 'answered-other';
        return { ...OUTCOME_TABLE[again ? 'answered-retryable' : final], resultCode, resultMessage };
      }
      const { orderId, totalAmount, uuid, oddities } = readCreateOrderAnswer(body);
      return {
        ...OUTCOME_TABLE[orderId === undefined ? 'answered-0-without-id' : 'answered-0'],
        resultCode,
        resultMessage,
        ...(orderId === undefined ? {} : { troikaOrderId: orderId }),
        ...(totalAmount === undefined ? {} : { totalAmount }),
        ...(uuid === undefined ? {} : { troikaUuid: uuid }),
        ...(oddities.length === 0 ? {} : { oddities }),
      };
    }
  }
}
