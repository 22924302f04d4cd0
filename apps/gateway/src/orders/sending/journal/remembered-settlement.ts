import type { AttemptSettlement } from '../../ledger/settle-attempts.js';
import type { SendEnded } from './journal-line.js';

/**
 * The settlement that the ledger would have got at the time, without texts.
 * @param cause why, for the order's history
 */
export function settlementOf(ended: SendEnded, cause: string = ended.cause): AttemptSettlement {
  const { orderId, attempt, outcome, reason, httpStatus, durationMs, isFree, status } = ended;
  return {
    orderId,
    attempt,
    verdict: {
      status,
      cause,
      ...(ended.resultCode === null ? {} : { resultCode: ended.resultCode }),
      ...(ended.troikaOrderId === null ? {} : { troikaOrderId: ended.troikaOrderId }),
      ...(ended.troikaUuid === null ? {} : { troikaUuid: ended.troikaUuid }),
      ...(ended.totalAmount === null ? {} : { totalAmount: ended.totalAmount }),
    },
    outcome,
    reason,
    httpStatus,
    durationMs,
    keyId: null,
    answer: null,
    isFree,
    dueInMs: 0,
  };
}
