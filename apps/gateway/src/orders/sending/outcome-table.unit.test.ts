import { describe, expect, it } from '@jest/globals';
import { decodeAnswer, type Answer } from '@vestibule/envelope';
import type { CallResult, NotSentReason, UnknownReason } from '@vestibule/troika-client';
import { decide, OUTCOME_TABLE, type Circumstances } from './outcome-table.js';

const answer = (head: object, body?: object): Answer => {
  const decoded = decodeAnswer(Buffer.from(JSON.stringify({ message: { head, body } })));
  if (!decoded.ok) throw new Error(decoded.error.detail);
  return decoded.answer;
};
const answered = (given: Answer, httpStatus = 200): CallResult => ({
  kind: 'answered',
  answer: given,
  httpStatus,
  received: '',
  durationMs: 1,
});
const USUAL: Circumstances = { attemptsLeft: true, breakerOpen: false, retryableCodes: [], inDoubt: false };
const LAST: Circumstances = { ...USUAL, attemptsLeft: false };
const NOT_SENT: readonly NotSentReason[] = [
  'dns',
  'refused',
  'unreachable',
  'tls',
  'connect-timeout',
  'connect-failed',
  'proxy',
  'signing-failed',
  'overdue',
];
const UNKNOWN: readonly UnknownReason[] = [
  'timeout',
  'reset',
  'cut-answer',
  'too-large',
  'not-an-envelope',
  'http-status',
  'exchange-failed',
];

describe('the outcome table', () => {
  it.each([200, 201, 400, 500, 502])('confirms an answer of 0, under HTTP %i too', (httpStatus) => {
    const result = answered(
      answer({ resultCode: 0, resultMessage: 'OK' }, { id: 228422, totalAmount: 2800 }),
      httpStatus,
    );
    expect(decide(result, USUAL)).toEqual({
      status: 'confirmed',
      cause: 'answered-0',
      resultCode: 0,
      resultMessage: 'OK',
      troikaOrderId: '228422',
      totalAmount: '2800',
    });
  });

  it.each([
    ['no body', undefined],
    ['no id', { totalAmount: 2800 }],
    ['the id 0', { id: 0, totalAmount: 2800 }],
    ['a negative id', { id: -7 }],
    ['an id that is an object', { id: {} }],
  ])('leaves an answer of 0 with %s to a person: it is paid, and can neither be followed nor cancelled', (_, body) => {
    for (const circumstances of [USUAL, LAST, { ...LAST, inDoubt: true }]) {
      const verdict = decide(answered(answer({ resultCode: 0, resultMessage: 'OK' }, body)), circumstances);
      expect(verdict).toMatchObject({ ...OUTCOME_TABLE['answered-0-without-id'], resultCode: 0 });
      expect(verdict.status).toBe('unknown');
      expect(verdict).not.toHaveProperty('troikaOrderId');
    }
  });

  it.each(['2 800,00', '2800 RUB', '', null, { v: 1 }])(
    'confirms an answer of 0 with its id beside the amount %j',
    (odd) => {
      const verdict = decide(answered(answer({ resultCode: 0 }, { id: 228422, totalAmount: odd })), USUAL);
      expect(verdict).toMatchObject({ ...OUTCOME_TABLE['answered-0'], troikaOrderId: '228422' });
      expect(verdict.totalAmount).toBe(typeof odd === 'string' && odd !== '' ? odd : undefined);
      expect(verdict.oddities).toHaveLength(1);
    },
  );

  it('keeps the uuid that an answer of 0 carries, though nothing documents one', () => {
    const result = answered(
      answer({ resultCode: 0, resultMessage: 'OK' }, { id: 228422, totalAmount: 2800, uuid: 'u-1' }),
    );
    expect(decide(result, USUAL)).toMatchObject({ troikaOrderId: '228422', troikaUuid: 'u-1' });
  });

  it.each([200, 422, 500])('rejects an answer with another code, under HTTP %i too', (httpStatus) => {
    const result = answered(answer({ resultCode: 17, resultMessage: 'Нет такого тарифа' }), httpStatus);
    expect(decide(result, USUAL)).toEqual({
      status: 'rejected',
      cause: 'answered-other',
      resultCode: 17,
      resultMessage: 'Нет такого тарифа',
    });
  });

  it.each(NOT_SENT)(
    'retries an order that was surely not sent (%s) until the schedule ends, then gives up',
    (reason) => {
      const result: CallResult = { kind: 'not-sent', reason, detail: '', durationMs: 1 };
      expect(decide(result, USUAL)).toEqual(OUTCOME_TABLE['not-sent']);
      expect(decide(result, LAST)).toEqual(OUTCOME_TABLE['not-sent-last']);
    },
  );

  it('leaves an order unknown that only a rule has sent again, whatever says that the last attempt was not executed', () => {
    const doubtful = { ...LAST, inDoubt: true };
    const refused = answered(answer({ resultCode: 7, resultMessage: 'нет' }));
    expect(decide({ kind: 'not-sent', reason: 'refused', detail: '', durationMs: 1 }, doubtful)).toEqual(
      OUTCOME_TABLE['not-sent-last-in-doubt'],
    );
    expect(decide(refused, doubtful)).toEqual({
      ...OUTCOME_TABLE['answered-other-in-doubt'],
      resultCode: 7,
      resultMessage: 'нет',
    });
    expect(decide(refused, { ...doubtful, attemptsLeft: true }).status).toBe('unknown');
    expect(decide(refused, { ...doubtful, attemptsLeft: true, retryableCodes: [7] }).status).toBe('retrying');
    expect(decide(answered(answer({ resultCode: 0 }, { id: 1, totalAmount: 1 })), doubtful).status).toBe('confirmed');
  });

  it.each(NOT_SENT)('lets an order wait for nothing while the breaker is open (%s)', (reason) => {
    const result: CallResult = { kind: 'not-sent', reason, detail: '', durationMs: 1 };
    expect(decide(result, { ...LAST, breakerOpen: true })).toEqual(OUTCOME_TABLE['not-sent-paused']);
  });

  it('retries a code that is listed as retryable while the schedule lasts; after it the answer is final', () => {
    const result = answered(answer({ resultCode: 17, resultMessage: 'Позже' }));
    const words = { resultCode: 17, resultMessage: 'Позже' };
    const circumstances = { ...USUAL, retryableCodes: [16, 17] };
    expect(decide(result, circumstances)).toEqual({ ...OUTCOME_TABLE['answered-retryable'], ...words });
    expect(decide(result, { ...circumstances, attemptsLeft: false })).toEqual({
      ...OUTCOME_TABLE['answered-other'],
      ...words,
    });
    expect(decide(result, { ...USUAL, retryableCodes: [18] })).toMatchObject({ status: 'rejected' });
  });

  it.each([401, 404, 413, 429])(
    'tries again what HTTP %d says was not executed, however often it was tried',
    (httpStatus) => {
      const result: CallResult = { kind: 'not-executed', reason: 'http-status', httpStatus, detail: '', durationMs: 1 };
      for (const circumstances of [USUAL, LAST, { ...LAST, inDoubt: true }, { ...LAST, breakerOpen: true }]) {
        expect(decide(result, circumstances)).toEqual(OUTCOME_TABLE['not-executed']);
      }
      expect(OUTCOME_TABLE['not-executed'].status).toBe('retrying');
    },
  );

  it.each(UNKNOWN)('never decides on what may have arrived (%s) because of the breaker either', (reason) => {
    const result: CallResult = { kind: 'unknown', reason, detail: '', durationMs: 1 };
    expect(decide(result, { ...LAST, breakerOpen: true, retryableCodes: [0] })).toEqual(OUTCOME_TABLE.unknown);
  });

  it.each(UNKNOWN)('never decides on what may have arrived (%s), whatever the schedule says', (reason) => {
    const result: CallResult = { kind: 'unknown', reason, detail: '', durationMs: 1 };
    expect(decide(result, USUAL)).toEqual(OUTCOME_TABLE.unknown);
    expect(decide(result, LAST)).toEqual(OUTCOME_TABLE.unknown);
  });
});
