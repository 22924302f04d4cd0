import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Metrics } from '../../metrics/metrics.js';
import { until } from '../../testing/until.js';
import { createFastify, type FastifyOptions } from '../fastify.js';
import { answerFaultAsProblem } from '../problem.js';
import { Admission } from './admission.js';
import { checkAdmissions } from './check-admission.js';
import { closeUnreadAnswers } from './close-unread-answers.js';

const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

let listener: FastifyInstance | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await listener?.close();
});

async function listen(
  options: Partial<FastifyOptions>,
  answer: (request: FastifyRequest) => unknown = () => 'here',
): Promise<void> {
  listener = createFastify({ answerFault: answerFaultAsProblem, bodyLimit: 1_024, ...options });
  listener.get('/', answer).post('/', answer).post('/slow', answer);
  await listener.listen({ host: '127.0.0.1', port: 0 });
}

function open(bytes: string, localAddress = '127.0.0.1', { port } = listener?.server.address() as AddressInfo): Socket {
  const socket = connect({ host: '127.0.0.1', port, localAddress });
  sockets.push(socket);
  socket.on('error', () => socket.destroy());
  socket.write(bytes);
  return socket;
}

const answerOn = async (socket: Socket): Promise<string> => String(await once(socket, 'data'));

describe('the connections of a listener', () => {
  const admission = (total: number, perAddress: number, proxies?: string[], windowMs?: number) =>
    new Admission('public', { total, perAddress }, new Metrics(), proxies, windowMs);

  it('beyond the limit of their address are answered 503 at once, and another address is served beside them', async () => {
    await listen({ admission: admission(10, 2) });
    const kept = open(GET);
    await answerOn(kept);
    await answerOn(open(GET));
    const refused = await text(open(GET));
    expect(refused).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
    expect(refused).toMatch(/\r\nRetry-After: 5\r\nConnection: close\r\n\r\n\{.*Too many connections/);
    expect(await answerOn(open(GET, '127.0.0.2'))).toMatch(/^HTTP\/1\.1 200 /);
    kept.destroy();
    await until(
      'the place is free again',
      async () => (await answerOn(open(GET))).startsWith('HTTP/1.1 200 ') || undefined,
    );
  });

  it('of a named proxy have no limit of their address', async () => {
    await listen({ admission: admission(3, 1, ['127.0.0.0/30']) });
    for (let at = 0; at < 3; at += 1) expect(await answerOn(open(GET))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('give way to new ones when there is no room: the oldest on which no one has logged in, and none if there is no such', async () => {
    const full = admission(2, 10);
    await listen({ admission: full }, (request) => {
      if (request.headers['x-login'] !== undefined) full.trust(request.raw.socket);
      return 'here';
    });
    const login = GET.replace('Host', 'X-Login: right\r\nHost');
    const stranger = open('GET /');
    await until('it is connected', () => !stranger.connecting || undefined);
    const known = open(login);
    await answerOn(known);
    const late = open(login);
    expect(await answerOn(late)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await text(stranger)).toBe('');
    expect(await answerOn(open(GET))).toMatch(/^HTTP\/1\.1 503 /);
    for (const socket of [known, late]) {
      socket.write(GET);
      expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 200 /);
    }
  });

  it('that are refused are counted, and reported for as long as it goes on', async () => {
    const metrics = new Metrics();
    const short = new Admission('public', { total: 1, perAddress: 2 }, metrics, [], 200);
    const check = checkAdmissions([short]);
    await listen({ admission: short }, ({ raw }) => {
      short.trust(raw.socket);
      return 'here';
    });
    await answerOn(open(GET));
    expect(await check.find()).toEqual([]);
    await text(open(GET));
    expect(await check.find()).toEqual([
      expect.objectContaining({
        kind: 'connections.refused',
        severity: 'warning',
        message: expect.stringContaining('127.0.0.1'),
      }),
    ]);
    const { text: page } = await metrics.expose();
    expect(page).toContain('vestibule_connections_refused_total{listener="public",limit="total"} 1');
    await until('the event ends', async () => (await check.find()).length === 0 || undefined);
  });
});

describe('pipelined requests', () => {
  it('of one connection are worked on a few at a time: what is behind them is never looked at', async () => {
    let begun = 0;
    let parsed = 0;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await listen({}, async () => {
      begun += 1;
      await released;
      return 'here';
    });
    listener?.server.on('request', () => (parsed += 1));
    const socket = open(GET.repeat(2_000));
    await until('some are begun', () => begun > 0 || undefined);
    release();
    const answers = await text(socket);
    expect([begun, parsed]).toEqual([8, 8]);
    expect(answers.match(/HTTP\/1\.1 200 /g)).toHaveLength(8);
    expect(answers.match(/^connection: close\r$/gim)).toHaveLength(1);
  });

  it('are all answered if they are few, and the connection is kept', async () => {
    await listen({});
    const socket = open(GET.repeat(7));
    let answers = '';
    socket.on('data', (chunk) => (answers += String(chunk)));
    await until('all are answered', () => answers.match(/here/g)?.length === 7 || undefined);
    socket.write(GET.repeat(7));
    await until('all are answered again', () => answers.match(/here/g)?.length === 14 || undefined);
    expect(answers).not.toMatch(/connection: close/i);
  });
});

describe('a slow caller', () => {
  it('has the time of the route for its body, and no longer', async () => {
    await listen({ requestTimeoutMs: 100, routeLimits: { '/slow': { arrivalMs: 60_000 } } });
    const head = 'Host: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{';
    const slow = open(`POST /slow HTTP/1.1\r\n${head}`);
    expect(await text(open(`POST / HTTP/1.1\r\n${head}`))).toMatch(/^HTTP\/1\.1 408 /);
    slow.write('}');
    expect(await answerOn(slow)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('that does not read its answer is cut off, and one that reads slowly is not', async () => {
    const pieces = Array.from({ length: 256 }, () => Buffer.alloc(64 * 1024));
    const server = createServer((_request, answer) => void Readable.from(pieces).pipe(answer));
    closeUnreadAnswers(server, 2_000);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const cutOff = new Promise((resolve) => server.once('connection', (socket) => socket.once('close', resolve)));
    const address = server.address() as AddressInfo;
    open(GET, '127.0.0.1', address).pause();
    await once(server, 'connection');
    const slow = open(GET, '127.0.0.1', address);
    let bytes = 0;
    slow.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      slow.pause();
      setImmediate(() => slow.resume());
    });
    await cutOff;
    await until('the slow one has everything', () => bytes > 256 * 64 * 1024 || undefined);
    server.close();
  });
});
