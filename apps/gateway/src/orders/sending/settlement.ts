import type { CallResult } from '@vestibule/troika-client';
import type { Claim } from '../ledger/claim.js';
import type { AttemptSettlement } from '../ledger/settle-attempts.js';
import type { Begun, Ended } from './journal/send-journal.js';
import { maskAnswer, maskText } from './mask-answer.js';
import type { AttemptVerdict } from './outcome-table.js';

/** What the ledger stores of an attempt: nothing that it could refuse, and no personal data. */
export function settlementOf(
  { orderId, attempt }: Claim,
  result: CallResult,
  verdict: AttemptVerdict,
  next: Pick<AttemptSettlement, 'dueInMs' | 'isFree' | 'notices'>,
): AttemptSettlement {
  const { resultMessage } = verdict;
  return {
    orderId,
    attempt,
    verdict: resultMessage === undefined ? verdict : { ...verdict, resultMessage: maskText(resultMessage) },
    ...endingOf(result),
    keyId: result.keyId ?? null,
    partnerRequestId: result.requestId ?? null,
    answer: result.kind === 'not-sent' ? null : maskAnswer(result.received),
    isFree: next.isFree,
    dueInMs: Math.round(next.dueInMs),
    ...(next.notices === undefined ? {} : { notices: next.notices }),
  };
}

/** The bare outcome, without a text of the partner's. */
export function withoutWords(settlement: AttemptSettlement): AttemptSettlement {
  const { resultMessage: _dropped, ...verdict } = settlement.verdict;
  return { ...settlement, verdict, answer: null };
}

/** An order that an unwritable disk kept from being sent is due again this soon, for another process. */
const UNSENT_DUE_MS = 1_000;

/** What the ledger stores of an attempt that sent nothing; the caller adds the reason. */
export function unsent({
  orderId,
  attempt,
}: Pick<Claim, 'orderId' | 'attempt'>): Omit<AttemptSettlement, 'verdict' | 'outcome' | 'reason' | 'isFree'> {
  return { orderId, attempt, httpStatus: null, durationMs: 0, keyId: null, answer: null, dueInMs: UNSENT_DUE_MS };
}

/** What the send journal stores of an attempt before it is sent. */
export function journalOf({ orderId, attempt, producer, idempotencyKey, requestHash }: Claim): Begun {
  return { orderId, attempt, producer, idempotencyKey, requestHash: requestHash.toString('hex') };
}

/** What the send journal stores of an outcome: no texts. */
export function endOf(
  { orderId, attempt }: Claim,
  result: CallResult,
  verdict: AttemptVerdict,
  isFree: boolean,
): Ended {
  return {
    orderId,
    attempt,
    ...endingOf(result),
    isFree,
    status: verdict.status,
    cause: verdict.cause,
    resultCode: verdict.resultCode ?? null,
    troikaOrderId: verdict.troikaOrderId ?? null,
    troikaUuid: verdict.troikaUuid ?? null,
    totalAmount: verdict.totalAmount ?? null,
  };
}

/** What the log says of an attempt: its identifiers and figures, no texts. */
export function logLineOf({ orderId, attempt }: Claim, result: CallResult, verdict: AttemptVerdict): object {
  return {
    orderId,
    attempt,
    ...endingOf(result),
    resultCode: verdict.resultCode ?? null,
    troikaOrderId: verdict.troikaOrderId ?? null,
    totalAmount: verdict.totalAmount ?? null,
    status: verdict.status,
    keyId: result.keyId ?? null,
    partnerRequestId: result.requestId ?? null,
  };
}

function endingOf(result: CallResult): Pick<AttemptSettlement, 'outcome' | 'reason' | 'httpStatus' | 'durationMs'> {
  return {
    outcome: result.kind,
    reason: result.kind === 'answered' ? null : result.reason,
    httpStatus: result.kind === 'not-sent' ? null : (result.httpStatus ?? null),
    durationMs: result.durationMs,
  };
}
