import { describe, expect, it } from '@jest/globals';
import { HttpException, NotFoundException } from '@nestjs/common';
import { fastify } from 'fastify';
import { faultOf, type TransportFault } from './transport-fault.js';

const errorWith = (fields: object, message = 'x'): Error => Object.assign(new Error(message), fields);

describe('the fault of an error', () => {
  it.each<[string, unknown, TransportFault]>([
    ['a body over the limit, as Fastify says it', errorWith({ code: 'FST_ERR_CTP_BODY_TOO_LARGE' }), 'body-too-large'],
    [
      'a body over the limit, once NestJS has wrapped it',
      new HttpException('x', 413, { cause: errorWith({ code: 'FST_ERR_CTP_BODY_TOO_LARGE' }) }),
      'body-too-large',
    ],
    [
      'a foreign type, once NestJS has wrapped it',
      new HttpException('x', 415, { cause: errorWith({ code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' }) }),
      'unsupported-media-type',
    ],
    ['a path that is not there', new NotFoundException(), 'not-found'],
    ['another fault of the caller', new HttpException('x', 418), 'malformed-request'],
    ['a caller that hangs up', errorWith({ code: 'ECONNRESET', statusCode: 400 }), 'malformed-request'],
    ['a parser that gives up', errorWith({ code: 'HPE_INVALID_METHOD' }), 'malformed-request'],
    ['a database that hangs up', errorWith({ code: 'ECONNRESET' }), 'unavailable'],
    ['a database that shuts down', errorWith({ code: '57P01' }), 'unavailable'],
    ...['25006', '53100', '53300', '57P02', '57P03', '57014', '55P03', '40001', '40P01', '08006'].map(
      (code): [string, unknown, TransportFault] => [`a database that says ${code}`, errorWith({ code }), 'unavailable'],
    ),
    ...['23505', '22P02', '42703', 'XX000', '42P01'].map((code): [string, unknown, TransportFault] => [
      `a fault of ours, ${code}`,
      errorWith({ code }),
      'internal',
    ]),
    ['a pool without a free connection', errorWith({}, 'timeout exceeded when trying to connect'), 'unavailable'],
    ['a bug', new TypeError('x is not a function'), 'internal'],
    ['a failure of NestJS', new HttpException('x', 500), 'internal'],
    ['something that is no error', 'x', 'internal'],
  ])('%s', (_, error, fault) => {
    expect(faultOf(error)).toBe(fault);
  });

  it("is known of Fastify's own errors, which are instances of Error and yet not native", async () => {
    const server = fastify({ bodyLimit: 1 });
    const seen: unknown[] = [];
    server.setErrorHandler((error, _request, reply) => {
      seen.push(error);
      return reply.code(500).send();
    });
    server.post('/', () => 'taken');
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"long": true}' });
    await fetch(url, { method: 'POST', headers: { 'content-type': 'text/odd' }, body: 'x' });
    await server.close();
    expect(seen.map(faultOf)).toEqual(['body-too-large', 'unsupported-media-type']);
  });
});
