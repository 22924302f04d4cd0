import { describe, expect, it } from '@jest/globals';
import type { CallResult } from '@vestibule/troika-client';
import { breakerNewsOf } from './breaker-news.js';

const HTML = '<!DOCTYPE html><html><h1>Bad gateway</h1></html>';
type Given = Record<string, unknown> & Pick<CallResult, 'kind'>;
const status = (kind: CallResult['kind'], httpStatus: number, received = HTML): Given => ({
  kind,
  reason: 'http-status',
  httpStatus,
  received,
});
const answered: Given = { kind: 'answered', httpStatus: 502, answer: { resultCode: 17, resultMessage: 'no' } };
const unknown = (last: string) => ({ kind: 'failure', reason: 'unknown-outcomes', isUnknown: true, last });

describe('the report of a call to the breaker', () => {
  it.each<[string, Given, object, object]>([
    ['an envelope under any status', answered, { kind: 'answer' }, { kind: 'answer' }],
    [
      'no connection',
      { kind: 'not-sent', reason: 'refused' },
      { kind: 'failure', reason: 'partner-unreachable', last: 'not sent (refused)' },
      { kind: 'failure', reason: 'partner-unreachable' },
    ],
    ['a process that was late', { kind: 'not-sent', reason: 'overdue' }, { kind: 'none' }, { kind: 'none' }],
    [
      'HTTP 429',
      { ...status('not-executed', 429), retryAfterSecs: 7 },
      { kind: 'failure', reason: 'partner-refuses', isPlain: false, retryAfterSecs: 7 },
      { kind: 'failure', reason: 'partner-refuses' },
    ],
    [
      'HTTP 401',
      status('not-executed', 401),
      { kind: 'failure', reason: 'partner-refuses', isPlain: true },
      { kind: 'failure', reason: 'partner-refuses', isPlain: true },
    ],
    [
      'HTTP 403',
      status('unknown', 403),
      { kind: 'failure', reason: 'partner-refuses', isPlain: true, isUnknown: true },
      { kind: 'failure', reason: 'partner-refuses', isPlain: true },
    ],
    ['HTTP 502 with HTML', status('unknown', 502), unknown('HTTP 502, HTML'), { kind: 'none' }],
    [
      'HTTP 503 that asks to wait',
      { ...status('unknown', 503), retryAfterSecs: 600 },
      { ...unknown('HTTP 503, HTML'), retryAfterSecs: 600 },
      { kind: 'none' },
    ],
    ['HTTP 500 with nothing', status('unknown', 500, ''), unknown('HTTP 500, empty'), { kind: 'none' }],
    ['JSON of another kind', status('unknown', 200, '{}'), unknown('HTTP 200, no envelope'), { kind: 'none' }],
    ['silence', { kind: 'unknown', reason: 'timeout' }, unknown('no answer in time'), { kind: 'none' }],
  ])('%s: of an order, and of a read', (_, given, ofOrder, ofRead) => {
    const result = { durationMs: 1, detail: '', ...given } as unknown as CallResult;
    expect(breakerNewsOf(result, { isOrder: true, isProbe: false })).toMatchObject(ofOrder);
    expect(breakerNewsOf(result, { isOrder: false, isProbe: false })).toMatchObject(ofRead);
  });

  it('a read that probes and finds nothing out has failed', () => {
    const result = { durationMs: 1, detail: '', ...status('unknown', 502) } as unknown as CallResult;
    expect(breakerNewsOf(result, { isOrder: false, isProbe: true })).toMatchObject({ kind: 'failure' });
  });
});
