import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TroikaClientOptions } from './client.js';
import { openBlackHole } from './testing/black-hole.js';
import { blockLookups } from './testing/blocked-lookups.js';
import { answering } from './testing/answers.js';
import { makeCertificate, type Certificate } from './testing/certificate.js';
import { makeClient, EXAMPLE_BODY } from './testing/clients.js';
import { leavingNothingOpen } from './testing/open-resources.js';
import { expectNoSecret, observeCall } from './testing/observe-call.js';
import { type RawServer, startRawServer } from './testing/raw-server.js';
import type { CallResult } from './outcome.js';

const SHORT_MS = 300;

/** A call to an address without a server of the test: nothing may stay open, nothing secret may be shown. */
async function callUnreachable(url: string, options: Partial<TroikaClientOptions> = {}): Promise<CallResult> {
  const result = await leavingNothingOpen(() => makeClient(url, options).call('app_create_order', EXAMPLE_BODY));
  expectNoSecret(result);
  return result;
}

describe('before a connection exists', () => {
  it('returns refused when no server listens', async () => {
    const gone = await startRawServer({});
    await gone.close();
    expect(await callUnreachable(`http://127.0.0.1:${gone.port}/`)).toMatchObject({
      kind: 'not-sent',
      reason: 'refused',
      detail: 'ECONNREFUSED',
    });
  });

  it('says dns for a name that does not exist', async () => {
    expect(await callUnreachable('https://troika.invalid/')).toMatchObject({ kind: 'not-sent', reason: 'dns' });
  });

  it('gives up on a server that answers no SYN', async () => {
    const hole = await openBlackHole();
    try {
      expect(await callUnreachable(`http://127.0.0.1:${hole.port}/`, { timeoutMs: SHORT_MS })).toMatchObject({
        kind: 'not-sent',
        reason: 'connect-timeout',
        detail: 'no whole answer within 300 ms',
      });
    } finally {
      await hole.close();
    }
  });

  describe('while name lookups are blocked', () => {
    let server: RawServer;
    let unblock: () => Promise<void>;
    beforeEach(async () => {
      server = await startRawServer({ onRequest: answering() });
      unblock = blockLookups();
    });
    afterEach(async () => {
      await unblock();
      await server.close();
    });

    it('gives up within the deadline, and does not connect when the name is known later', async () => {
      const client = makeClient(`http://localhost:${server.port}/`, { timeoutMs: SHORT_MS });
      const result = await client.call('app_create_order', EXAMPLE_BODY);
      expect(result).toMatchObject({ kind: 'not-sent', reason: 'connect-timeout' });
      await unblock();
      unblock = async () => undefined;
      // Another lookup of the same name ends only after the abandoned one.
      const later = await makeClient(`http://localhost:${server.port}/`).call('app_get_region', undefined);
      expect(later.kind).toBe('answered');
      expect(server.connections()).toBe(1);
      expect(server.requests).toHaveLength(1);
    });
  });

  it('reports a header that HTTP cannot carry as not sent', async () => {
    const { result, server } = await observeCall({}, { client: { userAgent: 'Вестибюль/0.1.0' } });
    expect(result).toMatchObject({ kind: 'not-sent', reason: 'connect-failed', detail: 'ERR_INVALID_CHAR' });
    expect(server.bytesReceived()).toBe(0);
  });
});

describe('before TLS is agreed', () => {
  let certificate: Certificate;
  let elsewhere: Certificate;
  beforeAll(async () => {
    [certificate, elsewhere] = await Promise.all([makeCertificate(), makeCertificate('elsewhere')]);
  });

  it('sends nothing to a server with a certificate that is not trusted', async () => {
    const { result, server } = await observeCall({}, { certificate });
    expect(result).toMatchObject({ kind: 'not-sent', reason: 'tls', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(server.bytesReceived()).toBe(0);
  });

  it('sends nothing to a trusted certificate of another name', async () => {
    const { result, server } = await observeCall({}, { certificate: elsewhere, client: { ca: elsewhere.cert } });
    expect(result).toMatchObject({ kind: 'not-sent', reason: 'tls', detail: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(server.bytesReceived()).toBe(0);
  });

  it.each<[string, Parameters<typeof observeCall>[0]]>([
    ['answers a handshake with plain HTTP', { onConnection: (socket) => void socket.write('HTTP/1.1 400 No\r\n\r\n') }],
    ['hangs up on a handshake', { onConnection: (socket) => void socket.once('data', () => socket.destroy()) }],
    ['resets a handshake', { onConnection: (socket) => void socket.once('data', () => socket.resetAndDestroy()) }],
    ['accepts and closes at once', { onConnection: (socket) => void socket.end() }],
  ])('says tls when the server %s', async (_, script) => {
    const { result, server } = await observeCall(script, { scheme: 'https' });
    expect(result).toMatchObject({ kind: 'not-sent', reason: 'tls' });
    expect(server.requests).toEqual([]);
  });

  it('gives up on a server whose handshake hangs', async () => {
    const { result } = await observeCall({}, { scheme: 'https', client: { timeoutMs: SHORT_MS } });
    expect(result).toMatchObject({ kind: 'not-sent', reason: 'connect-timeout' });
  });

  it('is answered by a server whose certificate is trusted, under its name and under its address', async () => {
    for (const host of ['localhost', '127.0.0.1']) {
      const { result, server } = await observeCall(
        { onRequest: answering() },
        { certificate, host, client: { ca: certificate.cert } },
      );
      expect(result.kind).toBe('answered');
      expect(server.requests).toHaveLength(1);
    }
  });
});

describe('when the right to send has run out before the first byte', () => {
  it('sends nothing, on a connection that is ready and with a request that is signed', async () => {
    const server = await startRawServer({ onRequest: answering() });
    try {
      const client = makeClient(`http://127.0.0.1:${server.port}/`);
      const result = await leavingNothingOpen(() =>
        client.call('app_create_order', EXAMPLE_BODY, { maySend: () => false }),
      );
      expect(result).toMatchObject({ kind: 'not-sent', reason: 'overdue', keyId: expect.any(String) });
      await server.untilAbandoned();
      expect([server.connections(), server.bytesReceived()]).toEqual([1, 0]);
    } finally {
      await server.close();
    }
  });
});
