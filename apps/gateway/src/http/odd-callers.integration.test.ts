import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { createFastify } from './fastify.js';
import { answerFaultAsProblem } from './problem.js';

describe('a listener', () => {
  let listener: FastifyInstance;
  beforeAll(async () => {
    listener = createFastify({ answerFault: answerFaultAsProblem, bodyLimit: 1_024 });
    listener.all('/', async () => {
      await turn();
      return 'here';
    });
    await listener.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => listener.close());

  /** All that comes back, until the listener closes. */
  const answersTo = async (bytes: string, { end = false } = {}): Promise<string> => {
    const { port } = listener.server.address() as AddressInfo;
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    if (end) socket.end(bytes);
    else socket.write(bytes);
    return await text(socket);
  };

  it('answers a caller that has closed its half of the connection behind the request', async () => {
    const answer = await answersTo('GET / HTTP/1.1\r\nHost: x\r\n\r\n', { end: true });
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nhere$/);
  });

  it.each([
    ['a tunnel', 'CONNECT db:5432 HTTP/1.1\r\nHost: db\r\n\r\n', 404],
    [
      'a request for another protocol, behind which nothing is read',
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n',
      200,
    ],
    ['a request without a host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['a request with two hosts', 'GET / HTTP/1.1\r\nHost: x\r\nhost: y\r\n\r\n', 400],
    [
      'a body in a coding beside chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    [
      'a body in chunks twice',
      'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
  ])('answers %s, and closes the connection', async (_, bytes, status) => {
    const answer = await answersTo(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*\r\nconnection: close\r\n`, 'i'));
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });

  it('keeps the connection of a client that asks for HTTP/2 and waits', async () => {
    const { port } = listener.server.address() as AddressInfo;
    const socket = connect({ host: '127.0.0.1', port });
    const upgrade = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
    for (const more of [upgrade, '']) {
      socket.write(`GET / HTTP/1.1\r\nHost: x\r\n${more}\r\n`);
      const [answer] = await once(socket, 'data');
      expect(String(answer)).toMatch(/^HTTP\/1\.1 200 [^]*\r\n\r\nhere$/);
    }
    socket.destroy();
  });

  it('asks HTTP/1.0 for no host, and takes chunks in any case', async () => {
    expect(await answersTo('GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
    const chunked =
      'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n';
    expect(await answersTo(chunked)).toMatch(/^HTTP\/1\.1 200 /);
  });
});
