import { describe, expect, it } from '@jest/globals';
import type { UnknownReason } from './outcome.js';
import { answering, answeringLast, ENVELOPE, rawAnswer } from './testing/answers.js';
import { makeCertificate } from './testing/certificate.js';
import { observeCall, type ObserveOptions } from './testing/observe-call.js';
import type { Script } from './testing/raw-server.js';
import { dripping, flooding } from './testing/scripts.js';

const SHORT: ObserveOptions = { client: { timeoutMs: 300 } };
const HALF = ENVELOPE.slice(0, 40);
const MIB = 1024 * 1024;

interface Row {
  readonly server: string;
  readonly script: Script;
  readonly options?: ObserveOptions;
  readonly reason: UnknownReason;
  /** The stored part of the answer; undefined when not even its head arrived. */
  readonly kept?: { readonly httpStatus: number; readonly received: unknown };
}

const ending = new AbortController();

/** Every way to lose an answer once the request may have left. */
const ROWS: readonly Row[] = [
  { server: 'closes before it reads', script: { onConnection: (socket) => void socket.end() }, reason: 'reset' },
  { server: 'closes once it has read', script: { onRequest: (socket) => void socket.end() }, reason: 'reset' },
  {
    server: 'resets once it has read',
    script: { onRequest: (socket) => void socket.resetAndDestroy() },
    reason: 'reset',
  },
  { server: 'never answers', script: {}, options: SHORT, reason: 'timeout' },
  {
    server: 'has not answered when our process ends',
    script: { onRequest: () => ending.abort() },
    options: { client: { interrupted: ending.signal } },
    reason: 'interrupted',
  },
  {
    server: 'drips the head of an answer',
    script: { onRequest: dripping(rawAnswer()) },
    options: SHORT,
    reason: 'timeout',
  },
  {
    server: 'drips the body of an answer',
    script: {
      onRequest: (socket) => {
        socket.write(rawAnswer({ body: HALF, length: MIB }));
        dripping(Buffer.alloc(0))(socket);
      },
    },
    options: SHORT,
    reason: 'timeout',
    kept: { httpStatus: 200, received: expect.stringContaining(HALF) },
  },
  {
    server: 'repeats 100 Continue',
    script: {
      onRequest: (socket) => {
        const timer = setInterval(() => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 5);
        socket.once('close', () => clearInterval(timer));
      },
    },
    options: SHORT,
    reason: 'timeout',
  },
  {
    server: 'closes in the middle of an answer',
    script: { onRequest: answeringLast({ body: HALF, length: ENVELOPE.length }) },
    reason: 'cut-answer',
    kept: { httpStatus: 200, received: HALF },
  },
  {
    server: 'resets in the middle of an answer',
    script: {
      onRequest: (socket) => {
        socket.write(rawAnswer({ body: HALF, length: ENVELOPE.length }), () => socket.resetAndDestroy());
      },
    },
    reason: 'cut-answer',
    kept: { httpStatus: 200, received: expect.any(String) },
  },
  {
    server: 'promises more than the whole answer and closes',
    script: { onRequest: answeringLast({ length: ENVELOPE.length + 7 }) },
    reason: 'cut-answer',
    kept: { httpStatus: 200, received: ENVELOPE },
  },
  {
    server: 'promises more than the whole answer and waits',
    script: { onRequest: answering({ length: ENVELOPE.length + 7 }) },
    options: SHORT,
    reason: 'timeout',
    kept: { httpStatus: 200, received: ENVELOPE },
  },
  {
    server: 'promises less than the answer',
    script: { onRequest: answering({ length: 40 }) },
    reason: 'not-an-envelope',
    kept: { httpStatus: 200, received: HALF },
  },
  {
    server: 'closes in the middle of a chunk',
    script: {
      onRequest: answeringLast({ length: 'none', headers: { 'Transfer-Encoding': 'chunked' }, body: `50\r\n${HALF}` }),
    },
    reason: 'cut-answer',
    kept: { httpStatus: 200, received: HALF },
  },
  {
    server: 'floods, having promised so',
    script: { onRequest: flooding({ body: '', length: 64 * MIB }) },
    reason: 'too-large',
    kept: { httpStatus: 200, received: '0'.repeat(2048) },
  },
  {
    server: 'floods without a length',
    script: { onRequest: flooding({ body: '', length: 'none', headers: { Connection: 'close' } }) },
    reason: 'too-large',
    kept: { httpStatus: 200, received: '0'.repeat(2048) },
  },
  {
    server: 'floods with headers',
    script: { onRequest: flooding({ length: 'none', headers: { 'X-Long': 'x'.repeat(64 * 1024) } }) },
    reason: 'too-large',
  },
  {
    server: 'answers something other than HTTP',
    script: { onRequest: (socket) => void socket.write('SSH-2.0-OpenSSH_9.7\r\n') },
    reason: 'exchange-failed',
  },
  {
    server: 'says its length twice',
    script: { onRequest: answeringLast({ headers: { 'content-length': String(ENVELOPE.length) } }) },
    reason: 'exchange-failed',
  },
  {
    server: 'switches protocols',
    script: {
      onRequest: (socket) =>
        void socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    },
    reason: 'exchange-failed',
  },
];

describe('once the request may have left', () => {
  it.each(ROWS)(
    'the outcome is unknown for a server that $server: $reason',
    async ({ script, options, reason, kept }) => {
      const { result } = await observeCall(script, options);
      expect(result).toMatchObject({ kind: 'unknown', reason, ...kept });
      if (kept === undefined) expect(result).not.toHaveProperty('received');
    },
  );

  it('nothing is certain over TLS either', async () => {
    const certificate = await makeCertificate();
    const behindTls: ObserveOptions = { certificate, client: { ca: certificate.cert } };
    const cut = await observeCall({ onRequest: answeringLast({ body: HALF, length: ENVELOPE.length }) }, behindTls);
    expect(cut.result).toMatchObject({ kind: 'unknown', reason: 'cut-answer' });
    const silent = await observeCall({ onRequest: (socket) => void socket.end() }, behindTls);
    expect(silent.result).toMatchObject({ kind: 'unknown', reason: 'reset' });
    expect(silent.server.requests).toHaveLength(1);
  });

  it('treats a reset before the first byte as not sent', async () => {
    const { result, server } = await observeCall({ onConnection: (socket) => void socket.resetAndDestroy() });
    expect(result).toMatchObject({ kind: 'not-sent', reason: 'connect-failed' });
    expect(server.bytesReceived()).toBe(0);
  });
});
