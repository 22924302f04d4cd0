import { readCreateOrderAnswer } from '@vestibule/troika-contract';
import type { CallResult } from '@vestibule/troika-client';
import type { OrderStatus } from './order-status.js';

/** What one attempt makes of an order. */
export interface Verdict {
  readonly status: Extract<OrderStatus, 'confirmed' | 'rejected' | 'retrying' | 'failed' | 'unknown'>;
  /** Why, for the order's history. */
  readonly cause: string;
  readonly resultCode?: number;
  readonly resultMessage?: string;
  readonly troikaOrderId?: string;
  readonly totalAmount?: string;
}

/** The rows a result can fall into. */
export type OutcomeRow = 'answered-0' | 'answered-other' | 'not-sent' | 'not-sent-last' | 'unknown';

/** Which outcome leads to which state: the whole table. */
export const OUTCOME_TABLE: Readonly<Record<OutcomeRow, Pick<Verdict, 'status' | 'cause'>>> = {
  'answered-0': { status: 'confirmed', cause: 'answered-0' },
  'answered-other': { status: 'rejected', cause: 'answered-other' },
  'not-sent': { status: 'retrying', cause: 'not-sent' },
  'not-sent-last': { status: 'failed', cause: 'retries-used-up' },
  unknown: { status: 'unknown', cause: 'no-valid-answer' },
};

/**
 * Decides by evidence what an attempt to create an order has led to.
 *
 * @param result what the client knows of the call
 * @param attemptsLeft whether the retry schedule has a further attempt
 */
export function decide(result: CallResult, attemptsLeft: boolean): Verdict {
  switch (result.kind) {
    case 'not-sent':
      return OUTCOME_TABLE[attemptsLeft ? 'not-sent' : 'not-sent-last'];
    case 'unknown':
      return OUTCOME_TABLE.unknown;
    case 'answered': {
      const { resultCode, resultMessage, body } = result.answer;
      if (resultCode !== 0) return { ...OUTCOME_TABLE['answered-other'], resultCode, resultMessage };
      // 0 means paid. An answer without a readable id is paid all the same: the ledger says so and shows no id.
      const created = readCreateOrderAnswer(body);
      return {
        ...OUTCOME_TABLE['answered-0'],
        resultCode,
        resultMessage,
        ...(created.ok ? { troikaOrderId: created.value.orderId, totalAmount: created.value.totalAmount } : {}),
      };
    }
  }
}
