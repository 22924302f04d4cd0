import { afterEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { CONTENT_TYPE, LOYALTY_ERRORS } from '@vestibule/koshelek-contract';
import { createFastify } from '../http/fastify.js';
import { answerFaultToKoshelek, LOYALTY_BODY_LIMIT } from './loyalty-faults.js';

describe('a request that does not arrive in time', () => {
  let listener: FastifyInstance | undefined;
  afterEach(() => listener?.close());

  it.each([
    ['half of its headers', 'POST /v1/promo/code HTTP/1.1\r\nHost: '],
    [
      'half of its body',
      'POST /v1/promo/code HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    ],
  ])('gets its own error code, having sent %s', async (_what, sent) => {
    listener = createFastify({
      answerFault: answerFaultToKoshelek,
      bodyLimit: LOYALTY_BODY_LIMIT,
      requestTimeoutMs: 100,
    });
    listener.post('/v1/promo/code', () => 'never reached');
    await listener.listen({ host: '127.0.0.1', port: 0 });
    const socket: Socket = connect((listener.server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(sent);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 422 /);
    expect(head).toContain(`\r\nContent-Type: ${CONTENT_TYPE}\r\n`);
    expect(JSON.parse(body)).toMatchObject({ code: LOYALTY_ERRORS.requestNotReceived.code });
  });
});
