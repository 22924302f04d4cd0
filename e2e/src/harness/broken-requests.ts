import { gzipSync } from 'node:zlib';
import { rawRequest } from './raw-http.js';

/** A request that fails before any method of a listener reads it. */
export interface BrokenRequest {
  readonly what: string;
  readonly bytes: string | Buffer;
  /** Our side closes after these bytes, in the middle of the request. */
  readonly end?: true;
  /** What the internal listener answers. */
  readonly problem: number;
  /** What the public one answers where it is not 422, because HTTP itself has the say. */
  readonly loyalty?: number;
}

/** Where a listener takes a body, and with which headers. */
export interface BodyPlace {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const KIB = 1024;
const MIB = 1024 * KIB;
const JSON_TYPE = { 'Content-Type': 'application/json' };

/** All that can be wrong with a body whichever the entry point, but for the meaning of its fields. */
export function brokenBodies({ method, path, headers }: BodyPlace): BrokenRequest[] {
  const row = (what: string, problem: number, body: string | Buffer, more: Record<string, string> = JSON_TYPE) => ({
    what,
    problem,
    bytes: rawRequest({ method, path, headers: { ...headers, ...more }, body }),
  });
  const chunked = (body: string): Buffer =>
    rawRequest({ method, path, headers: { ...headers, ...JSON_TYPE, 'Transfer-Encoding': 'chunked' }, body });
  const withoutLength = (bytes: Buffer): string => bytes.toString('latin1').replace(/Content-Length: \d+\r\n/, '');
  return [
    row('a body that is not JSON', 400, '{"allow":["sms"'),
    row('a body with something behind its JSON', 400, '{}{}'),
    row('a body that is not UTF-8', 400, Buffer.from('{"allow":["\xff\xfe"]}', 'latin1')),
    row('a body in UTF-16', 400, Buffer.from('{"allow":["sms"]}', 'utf16le')),
    row('a __proto__ key', 400, '{"allow":["sms"],"__proto__":{"admin":true}}'),
    row('a __proto__ key in disguise', 400, '{"allow":["sms"],"\\u005f_pr\\u006fto__":{"admin":true}}'),
    row('a __proto__ key deep inside', 400, '{"order":{"orderData":[{"__proto__":null}]}}'),
    row('deep nesting', 400, `{"metadata":${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
    row('deep nesting of objects', 400, `${'{"order":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
    row('a body of 10 MB', 413, `{"allow":["${'x'.repeat(10 * MIB)}"]}`),
    row('the Content-Type text/plain', 415, '{"allow":["sms"]}', { 'Content-Type': 'text/plain' }),
    row('a form', 415, 'allow=sms', { 'Content-Type': 'application/x-www-form-urlencoded' }),
    row('a body in gzip', 415, gzipSync('{"allow":["sms"]}'), { ...JSON_TYPE, 'Content-Encoding': 'gzip' }),
    row('no Content-Type', 415, '{"allow":["sms"]}', {}),
    row('a Content-Type that is none', 415, '{"allow":["sms"]}', { 'Content-Type': ';;/' }),
    row('a Content-Length that is no number', 400, '{}', { ...JSON_TYPE, 'Content-Length': 'two' }),
    row('a negative Content-Length', 400, '{}', { ...JSON_TYPE, 'Content-Length': '-2' }),
    row('a length and chunks at once', 400, '2\r\n{}\r\n0\r\n\r\n', { ...JSON_TYPE, 'Transfer-Encoding': 'chunked' }),
    { what: 'a chunk of no size', problem: 400, bytes: withoutLength(chunked('zz\r\n{}\r\n0\r\n\r\n')) },
    {
      what: 'chunks without an end that are too many',
      problem: 413,
      bytes: withoutLength(chunked(`${(4 * MIB).toString(16)}\r\n${'x'.repeat(4 * MIB)}\r\n`)),
    },
    {
      what: 'a chunked body cut in the middle',
      problem: 400,
      bytes: withoutLength(chunked('50\r\n{"allow":')),
      end: true,
    },
    {
      what: 'a body shorter than its length',
      problem: 400,
      bytes: rawRequest({ method, path, headers: { ...headers, ...JSON_TYPE, 'Content-Length': '100' }, body: '{"al' }),
      end: true,
    },
  ];
}

/** All that can be wrong with the head of a request, whichever the entry point. */
export function brokenHeads(headers: Readonly<Record<string, string>>): BrokenRequest[] {
  const row = (what: string, problem: number, request: Parameters<typeof rawRequest>[0]) => ({
    what,
    problem,
    bytes: rawRequest({ ...request, headers: { ...headers, ...request.headers } }),
  });
  const unsound = (what: string, request: Parameters<typeof rawRequest>[0]) => ({
    ...row(what, 400, request),
    loyalty: 400,
  });
  return [
    row('an unknown path', 404, { path: '/v1/nothing/here' }),
    row('the root', 404, { path: '/' }),
    row('a path that climbs', 404, { path: '/v1/../../etc/passwd' }),
    row('a very long path', 404, { path: `/v1/card/${'9'.repeat(8 * KIB)}` }),
    row('a path of * alone', 404, { method: 'OPTIONS', path: '*' }),
    row('a verb that is known but not here', 404, { method: 'PROPFIND', path: '/v1/card' }),
    row('a verb that no one knows', 400, { method: 'FETCH', path: '/v1/card' }),
    row('a path that is not UTF-8', 400, { path: '/v1/card/%FF/communication' }),
    row('a path of half an escape', 400, { path: '/orders/%E0%A4%A' }),
    row('a header of 64 KiB', 431, { path: '/v1/card', headers: { 'X-Long': 'x'.repeat(64 * KIB) } }),
    row('a header of 1 MiB', 431, { path: '/v1/card', headers: { 'X-Long': 'x'.repeat(MIB) } }),
    row('very many headers', 431, {
      path: '/v1/card',
      headers: Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`X-${index}`, 'value'])),
    }),
    row('a line of 64 KiB', 431, { path: `/v1/card?${'x'.repeat(64 * KIB)}` }),
    row('a header with a control character', 400, { path: '/v1/card', headers: { 'X-Odd': 'a\u0001b' } }),
    row('an expectation that no one meets, which is passed over', 404, {
      path: '/v1/card',
      headers: { Expect: 'the-unexpected' },
    }),
    {
      what: 'no Host',
      problem: 400,
      loyalty: 400,
      bytes: `GET /nothing HTTP/1.1\r\nConnection: close\r\n${lines(headers)}\r\n`,
    },
    unsound('two Hosts', { path: '/nothing', headers: { Host: ['gateway', 'other'] } }),
    unsound('a body that is packed in more than chunks', {
      method: 'POST',
      path: '/nothing',
      headers: { 'Transfer-Encoding': 'gzip, chunked', 'Content-Length': [] },
      body: '0\r\n\r\n',
    }),
    { what: 'a tunnel', problem: 404, bytes: 'CONNECT gateway:443 HTTP/1.1\r\nHost: gateway\r\n\r\n' },
    { what: 'another protocol', problem: 400, bytes: 'SSH-2.0-OpenSSH_9.7\r\n\r\n' },
    { what: 'a TLS handshake', problem: 400, bytes: Buffer.from('16030100a5010000a10303', 'hex') },
    { what: 'binary noise', problem: 400, bytes: Buffer.from([0, 1, 2, 3, 255, 254, 13, 10, 13, 10]) },
    { what: 'HTTP of another version', problem: 400, bytes: 'GET / HTTP/9.9\r\n\r\n' },
    { what: 'a head cut in the middle', problem: 400, bytes: 'GET /v1/card HTTP/1.1\r\nHost: gate', end: true },
  ];
}

function lines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}
