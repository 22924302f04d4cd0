import { describe, expect, it } from '@jest/globals';
import { decodeAnswer } from '@vestibule/envelope';
import type { CallResult } from '@vestibule/troika-client';
import { judgePoll } from './judge-poll.js';

function answered(text: string, more: { httpStatus?: number; retryAfterSecs?: number } = {}): CallResult {
  const decoded = decodeAnswer(Buffer.from(text));
  if (!decoded.ok) throw new Error(decoded.error.detail);
  return { kind: 'answered', answer: decoded.answer, httpStatus: 200, received: text, durationMs: 1, ...more };
}
const order = (id: number): string =>
  `{"message":{"head":{"resultCode":0,"resultMessage":"OK"},"body":{"id":${id},"orderData":[{"orderTariffId":1}]}}}`;
const REFUSAL = '{"message":{"head":{"resultCode":17,"resultMessage":"Нет такого заказа +79160000000"}}}';
const notExecuted = (httpStatus: number, retryAfterSecs?: number): CallResult => ({
  kind: 'not-executed',
  reason: 'http-status',
  detail: '',
  durationMs: 1,
  httpStatus,
  ...(retryAfterSecs === undefined ? {} : { retryAfterSecs }),
});
const silent = (httpStatus: number, retryAfterSecs?: number): CallResult => ({
  kind: 'unknown',
  reason: 'http-status',
  detail: '',
  httpStatus,
  durationMs: 1,
  ...(retryAfterSecs === undefined ? {} : { retryAfterSecs }),
});
const judge = (result: CallResult, unclearBefore = 0) => judgePoll(result, '7', unclearBefore, () => 0);

describe('the result of a poll', () => {
  it.each<[string, CallResult, object]>([
    ['the order', answered(order(7)), { kind: 'read', pauseMs: 0 }],
    ['the order, under HTTP 503 too', answered(order(7), { httpStatus: 503 }), { kind: 'read', pauseMs: 0 }],
    ['another order', answered(order(8)), { kind: 'unreadable', placed: undefined }],
    ['0 without an order', answered('{"message":{"head":{"resultCode":0}}}'), { kind: 'unreadable' }],
    ['a refusal, of which the log has the code only', answered(REFUSAL), { kind: 'refused', detail: 'resultCode 17' }],
    ['a refusal under HTTP 429', answered(REFUSAL, { httpStatus: 429 }), { kind: 'throttled', pauseMs: 10_000 }],
    ['HTTP 429 that says how long', silent(429, 7), { kind: 'throttled', pauseMs: 7_000 }],
    ['HTTP 404', notExecuted(404), { kind: 'out-of-reach', detail: 'HTTP 404' }],
    ['HTTP 429 without an answer of its own', notExecuted(429, 7), { kind: 'throttled', pauseMs: 7_000 }],
    ['HTTP 503 that does not', silent(503), { kind: 'throttled', pauseMs: 10_000 }],
    ['HTTP 429 that asks for a day', silent(429, 86_400), { kind: 'throttled', pauseMs: 3_600_000 }],
    ['HTTP 429 that asks for nothing', silent(429, 0), { kind: 'throttled', pauseMs: 1_000 }],
    ['HTTP 502', silent(502), { kind: 'unclear', pauseMs: 0 }],
    [
      'no connection',
      { kind: 'not-sent', reason: 'refused', detail: '', durationMs: 1 },
      { kind: 'out-of-reach', pauseMs: 3_000 },
    ],
  ])('%s', (_, result, expected) => {
    expect(judge(result)).toMatchObject(expected);
  });

  it('holds several unclear outcomes in a row for trouble of the partner, one for trouble of its order', () => {
    expect(judge(silent(502), 1).pauseMs).toBe(0);
    expect(judge(silent(502), 2).pauseMs).toBe(3_000);
  });

  it('comes no earlier than it was asked to', () => {
    expect(judgePoll(silent(429, 10), '7', 0, () => 1).pauseMs).toBe(12_000);
  });
});
