import { afterEach, describe, expect, it } from '@jest/globals';
import type { CallResult } from './outcome.js';
import { answering } from './testing/answers.js';
import { makeCertificate } from './testing/certificate.js';
import { EXAMPLE_BODY, makeClient } from './testing/clients.js';
import { startConnectProxy, type ConnectProxy } from './testing/connect-proxy.js';
import { expectNoSecret, observeCall } from './testing/observe-call.js';
import { startRawServer } from './testing/raw-server.js';

const AUTHORIZATION = `Basic ${Buffer.from('agent:proxy-password').toString('base64')}`;

describe('through a proxy', () => {
  let proxy: ConnectProxy | undefined;
  afterEach(() => proxy?.close());

  async function start(answer?: string): Promise<ConnectProxy> {
    proxy = await startConnectProxy(answer);
    return proxy;
  }
  const settings = ({ port }: ConnectProxy) => ({ host: '127.0.0.1', port, authorization: AUTHORIZATION });

  /** A call that must end before its tunnel is open; the server behind the proxy must not receive it. */
  async function callUnheard(answer: string, timeoutMs = 20_000): Promise<CallResult> {
    const server = await startRawServer({ onRequest: answering() });
    try {
      const client = makeClient(`https://127.0.0.1:${server.port}/`, {
        proxy: settings(await start(answer)),
        timeoutMs,
      });
      const result = await client.call('app_create_order', EXAMPLE_BODY);
      expect(server.connections()).toBe(0);
      expectNoSecret(result);
      expect(JSON.stringify(result)).not.toContain(AUTHORIZATION);
      return result;
    } finally {
      await server.close();
    }
  }

  it('a request goes through a tunnel, in which the proxy sees only TLS', async () => {
    const certificate = await makeCertificate();
    const { asked, ...way } = await start();
    const { result, server } = await observeCall(
      { onRequest: answering() },
      { certificate, client: { ca: certificate.cert, proxy: { ...settings({ asked, ...way }) } } },
    );
    expect(result).toMatchObject({ kind: 'answered', httpStatus: 200 });
    expect(server.requests).toHaveLength(1);
    expect([...(server.requests[0]?.headers.keys() ?? [])]).not.toContain('Proxy-Authorization');
    expect(asked).toEqual([
      expect.stringMatching(/^CONNECT 127\.0\.0\.1:\d+ HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\nProxy-Authorization: /),
    ]);
    expect(asked[0]).toContain(AUTHORIZATION);
    expect(asked[0]).not.toContain('message');
  });

  it('a request without TLS goes through a tunnel too', async () => {
    const { result, server } = await observeCall(
      { onRequest: answering() },
      { client: { proxy: settings(await start()) } },
    );
    expect(result).toMatchObject({ kind: 'answered' });
    expect(server.requests).toHaveLength(1);
  });

  it('a certificate that is not accepted is found before anything is sent', async () => {
    const certificate = await makeCertificate();
    const { result, server } = await observeCall(
      { onRequest: answering() },
      { certificate, client: { proxy: settings(await start()) } },
    );
    expect(result).toMatchObject({ kind: 'not-sent', reason: 'tls' });
    expect(server.bytesReceived()).toBe(0);
  });

  it('an answer that is lost leaves the order unknown, as on a direct way', async () => {
    const { result } = await observeCall(
      { onRequest: (socket) => void socket.resetAndDestroy() },
      { client: { proxy: settings(await start()) } },
    );
    expect(result).toMatchObject({ kind: 'unknown', reason: 'reset' });
  });

  it.each([
    [
      'wants other credentials',
      'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n',
      'HTTP 407: it wants other credentials',
    ],
    ['forbids the host', 'HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno', 'the proxy answered HTTP 403'],
    ['cannot reach the host', 'HTTP/1.1 502 Bad Gateway\r\n\r\n', 'the proxy answered HTTP 502'],
    ['speaks no HTTP', 'SSH-2.0-OpenSSH_9.7\r\n\r\n', 'the proxy gave no valid answer'],
    ['closes', 'HTTP/1.1 200 OK\r\n', 'the proxy closed the connection'],
    ['floods', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(17 * 1024)}`, 'the proxy gave no valid answer'],
  ])('nothing is sent when the proxy %s', async (_, answer, detail) => {
    const result = await callUnheard(answer);
    expect(result).toMatchObject({ kind: 'not-sent', reason: 'proxy', detail: expect.stringContaining(detail) });
  });

  it('nothing is sent when the proxy says nothing until the time is up', async () => {
    expect(await callUnheard('', 300)).toMatchObject({ kind: 'not-sent', reason: 'connect-timeout' });
  });

  it('nothing is sent when the proxy is away', async () => {
    const gone = await start();
    await gone.close();
    proxy = undefined;
    const result = await makeClient('https://127.0.0.1:9/', { proxy: settings(gone) }).call(
      'app_create_order',
      EXAMPLE_BODY,
    );
    expect(result).toMatchObject({
      kind: 'not-sent',
      reason: 'proxy',
      detail: 'the proxy cannot be reached (ECONNREFUSED)',
    });
  });
});
