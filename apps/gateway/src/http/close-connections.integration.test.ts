import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { createFastify } from './fastify.js';

const GET = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

describe('a listener that closes', () => {
  let listener: FastifyInstance;
  let begun: AbortController;
  let broken: AbortController;
  let answer: () => void;
  beforeEach(async () => {
    begun = new AbortController();
    broken = new AbortController();
    listener = createFastify({
      answerFault: () => ({ status: 400, contentType: 'text/plain', body: 'no' }),
      bodyLimit: 1024,
      stop: { begun: begun.signal, broken: broken.signal },
    });
    const answered = new Promise<void>((resolve) => (answer = resolve));
    listener.get('/slow', async () => {
      await answered;
      return 'answered';
    });
    listener.get('/', () => 'at once');
    await listener.listen({ host: '127.0.0.1', port: 0 });
  });
  afterEach(() => listener.close());

  const open = async (bytes: string): Promise<Socket> => {
    const socket = connect((listener.server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => socket.destroy());
    await once(socket, 'connect');
    socket.write(bytes);
    return socket;
  };

  it('answers with connection: close from the first signal on: work in progress, and what comes on a connection that is open', async () => {
    const kept = await open(GET('/'));
    const [first] = (await once(kept, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/\r\nconnection: keep-alive\r\n/i);
    const arrived = once(listener.server, 'request');
    const slow = await open(GET('/slow'));
    await arrived;
    begun.abort();
    kept.write(GET('/'));
    expect(await text(kept)).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*connection: close\r\n[^]*at once$/i);
    const closed = listener.close();
    answer();
    expect(await text(slow)).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*connection: close\r\n[^]*answered$/i);
    await closed;
  });

  it.each([
    ['half of the headers', 'POST / HTTP/1.1\r\nHost: '],
    ['half of the body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{'],
    ['nothing', ''],
  ])('does not wait for a client that has sent %s', async (_what, sent) => {
    const socket = await open(sent);
    begun.abort();
    await listener.close();
    if (!socket.destroyed) await once(socket, 'close');
  });

  it('leaves a request that it is still working on when it is to wait no longer', async () => {
    const arrived = once(listener.server, 'request');
    const slow = await open(GET('/slow'));
    await arrived;
    const closed = listener.close();
    broken.abort();
    expect(await text(slow)).toBe('');
    await closed;
  });
});
