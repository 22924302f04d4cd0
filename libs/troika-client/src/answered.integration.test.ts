import { describe, expect, it } from '@jest/globals';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { UnknownReason } from './outcome.js';
import { answering, answeringLast, ENVELOPE, rawAnswer, type RawAnswer } from './testing/answers.js';
import { NOT_EXECUTED_STATUSES } from './trusted-statuses.js';
import { observeCall } from './testing/observe-call.js';
import { type RawServer, startRawServer } from './testing/raw-server.js';

const HTML = '<html><body><h1>502 Bad Gateway</h1></body></html>';
const REFUSAL = '{"message":{"head":{"resultCode":17,"resultMessage":"Нет такого тарифа"}}}';
const GZIP = { 'Content-Encoding': 'gzip' };

describe('an envelope is an answer', () => {
  it.each<[string, RawAnswer, number]>([
    ['under HTTP 200', {}, 200],
    ['under HTTP 500', { status: '500 Internal Server Error' }, 500],
    ['under HTTP 429', { status: '429 Too Many Requests', headers: { 'Retry-After': '7' } }, 429],
    ['under a redirect', { status: '302 Found', headers: { Location: 'http://127.0.0.1:9/' } }, 302],
    ['without a length, ended by closing', { length: 'none', headers: { Connection: 'close' } }, 200],
    ['as HTML by its Content-Type', { headers: { 'Content-Type': 'text/html' } }, 200],
    ['in gzip that was not asked for', { headers: GZIP, body: gzipSync(ENVELOPE) }, 200],
    ['in gzip by its old name', { headers: { 'Content-Encoding': 'X-GZip' }, body: gzipSync(ENVELOPE) }, 200],
    ['in deflate', { headers: { 'Content-Encoding': 'deflate' }, body: deflateSync(ENVELOPE) }, 200],
    [
      'in deflate without its frame',
      { headers: { 'Content-Encoding': 'deflate' }, body: deflateRawSync(ENVELOPE) },
      200,
    ],
    ['in brotli', { headers: { 'Content-Encoding': 'br' }, body: brotliCompressSync(ENVELOPE) }, 200],
    ['behind a folded header', { headers: { 'X-Note': 'one\r\n two' } }, 200],
    ['in lines that end with LF alone', { lineEnd: '\n' }, 200],
    ['behind many cookies', { headers: { 'Set-Cookie': `a=${'x'.repeat(17 * 1024)}` } }, 200],
    ['under an encoding it does not have', { headers: { 'Content-Encoding': 'br' } }, 200],
    ['with bytes after its length', { body: `${ENVELOPE}HTTP/1.1 200 OK\r\n\r\n`, length: ENVELOPE.length }, 200],
  ])('%s', async (_, answer, httpStatus) => {
    const { result, server } = await observeCall({ onRequest: answeringLast(answer) });
    expect(result).toMatchObject({
      kind: 'answered',
      httpStatus,
      received: ENVELOPE,
      answer: { resultCode: 0, resultMessage: 'OK' },
    });
    expect(server.requests).toHaveLength(1);
  });

  it('after interim answers, which are ignored', async () => {
    const { result } = await observeCall({
      onRequest: (socket) => {
        socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n');
        socket.write(rawAnswer());
      },
    });
    expect(result).toMatchObject({ kind: 'answered', httpStatus: 200 });
  });

  it.each([
    ['kept', 'f1c1e0c2-6f2d:7.1', 'f1c1e0c2-6f2d:7.1'],
    ['left out when it is longer than a name', 'x'.repeat(129), undefined],
    ['left out when it is not a name', 'a name, and a header', undefined],
  ])('with its X-Request-Id %s', async (_, given, kept) => {
    const { result } = await observeCall({ onRequest: answering({ headers: { 'X-Request-Id': given } }) });
    expect([result.kind, result.requestId]).toEqual(['answered', kept]);
  });

  it('of a refusal too, unchanged', async () => {
    const { result } = await observeCall({ onRequest: answering({ status: '422 No', body: REFUSAL }) });
    expect(result).toMatchObject({
      kind: 'answered',
      httpStatus: 422,
      answer: { resultCode: 17, resultMessage: 'Нет такого тарифа' },
    });
  });
});

describe('without an envelope', () => {
  const outcomes = (statuses: readonly number[], trustedStatuses?: ReadonlySet<number>) =>
    Promise.all(
      statuses.map(async (status) => {
        const options = trustedStatuses === undefined ? {} : { client: { trustedStatuses } };
        const { result } = await observeCall({ onRequest: answering({ status: `${status} No`, body: HTML }) }, options);
        expect(result).toMatchObject({ reason: 'http-status', httpStatus: status, received: HTML });
        return result.kind;
      }),
    );

  it('a status says that nothing was executed where the RFCs say so', async () => {
    const statuses = [...NOT_EXECUTED_STATUSES];
    expect(new Set(await outcomes(statuses))).toEqual(new Set(['not-executed']));
  });

  it('any other status leaves the outcome unknown: a filter may answer 403 after the execution, and 303 follows an executed call', async () => {
    const statuses = [303, 400, 402, 403, 406, 408, 409, 410, 422, 499, 500, 502, 503, 504];
    expect(new Set(await outcomes(statuses))).toEqual(new Set(['unknown']));
  });

  it('only the trusted statuses count', async () => {
    expect(await outcomes([401, 403, 429], new Set([403]))).toEqual(['unknown', 'not-executed', 'unknown']);
    expect(await outcomes([401, 301], new Set())).toEqual(['unknown', 'unknown']);
  });

  it.each([401, 403, 404, 429, 302])('is not what an envelope under HTTP %d is: it counts', async (status) => {
    const { result } = await observeCall({ onRequest: answering({ status: `${status} No` }) });
    expect(result).toMatchObject({ kind: 'answered', httpStatus: status });
  });
});

describe('anything else that is whole decides nothing', () => {
  it.each<[string, RawAnswer, UnknownReason, string]>([
    ['HTML under HTTP 502', { status: '502 Bad Gateway', body: HTML }, 'http-status', HTML],
    ['HTML under HTTP 200', { body: HTML }, 'not-an-envelope', HTML],
    ['JSON of another kind', { body: '{"ok":true}' }, 'not-an-envelope', '{"ok":true}'],
    ['half an envelope of full length', { body: ENVELOPE.slice(0, 40) }, 'not-an-envelope', ENVELOPE.slice(0, 40)],
    ['nothing under HTTP 200', { body: '' }, 'not-an-envelope', ''],
    ['nothing under HTTP 204', { status: '204 No Content', body: '', length: 'none' }, 'not-an-envelope', ''],
    ['invalid gzip', { headers: GZIP, body: 'not gzip at all' }, 'not-an-envelope', 'not gzip at all'],
    ['gzip of HTML', { headers: GZIP, body: gzipSync(HTML) }, 'not-an-envelope', HTML],
    ['JSON under HTTP 500', { status: '500 No', body: '{"error":"x"}' }, 'http-status', '{"error":"x"}'],
  ])('%s', async (_, answer, reason, received) => {
    const { result, server } = await observeCall({ onRequest: answering(answer) });
    const httpStatus = Number((answer.status ?? '200').slice(0, 3));
    expect(result).toMatchObject({ kind: 'unknown', reason, httpStatus, received });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['cut short', gzipSync(ENVELOPE).subarray(0, 30)],
    ['that unfolds beyond every limit', gzipSync(Buffer.alloc(64 * 1024 * 1024))],
    ['that unfolds beyond every limit in brotli', brotliCompressSync(Buffer.alloc(64 * 1024 * 1024))],
  ])('gzip %s', async (name, body) => {
    const headers = name.endsWith('brotli') ? { 'Content-Encoding': 'br' } : GZIP;
    const { result } = await observeCall({ onRequest: answering({ headers, body }) });
    expect(result).toMatchObject({ kind: 'unknown', reason: 'not-an-envelope', httpStatus: 200 });
  });

  it.each<[string, Record<string, string>, number | undefined]>([
    ['in seconds', { 'Retry-After': '7' }, 7],
    [
      'as a date after the date of the answer',
      { 'Retry-After': 'Wed, 21 Oct 2026 07:28:08 GMT', Date: 'Wed, 21 Oct 2026 07:28:00 GMT' },
      8,
    ],
    ['of more than an hour', { 'Retry-After': '1000000' }, 3600],
    ['absent', {}, undefined],
    ['negative', { 'Retry-After': '-1' }, undefined],
    ['absurd', { 'Retry-After': '9'.repeat(40) }, 3600],
  ])('HTTP 429, with its Retry-After %s', async (_, headers, retryAfterSecs) => {
    const { result } = await observeCall({ onRequest: answering({ status: '429 Slow down', headers, body: 'slow' }) });
    expect(result).toMatchObject({ kind: 'not-executed', reason: 'http-status', httpStatus: 429, received: 'slow' });
    expect('retryAfterSecs' in result ? result.retryAfterSecs : undefined).toBe(retryAfterSecs);
  });

  it.each([
    ['301', 'not-executed'],
    ['302', 'not-executed'],
    ['303', 'unknown'],
    ['307', 'not-executed'],
    ['308', 'not-executed'],
  ])('HTTP %s, which is %s, and its Location is never asked', async (status, kind) => {
    const elsewhere: RawServer = await startRawServer({ onRequest: answering() });
    try {
      const headers = { Location: `http://127.0.0.1:${elsewhere.port}/` };
      const { result } = await observeCall({ onRequest: answering({ status: `${status} Moved`, headers, body: '' }) });
      expect(result).toMatchObject({ kind, reason: 'http-status', httpStatus: Number(status) });
      expect(elsewhere.connections()).toBe(0);
    } finally {
      await elsewhere.close();
    }
  });
});
