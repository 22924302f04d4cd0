import { afterEach, describe, expect, it } from '@jest/globals';
import type { LookupAddress } from 'node:dns';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { postWebhook, type CallLimits, type WebhookOutcome } from './post-webhook.js';
import type { Resolve } from './checked-lookup.js';
import { LOOPBACK, RESOLVER } from '../testing/loopback.js';
import { closed, listening, startReceiver, type Answer, type Receiver } from '../testing/receiver.js';

const OPEN: CallLimits = { timeoutMs: 5_000, allowedNetworks: LOOPBACK, resolve: RESOLVER.resolve };
const CLOSED: CallLimits = { ...OPEN, allowedNetworks: [] };

function post(url: string, limits: CallLimits = OPEN): Promise<WebhookOutcome> {
  return postWebhook({ url: new URL(url), headers: { 'webhook-id': 'evt_1' }, body: Buffer.from('{"a":1}') }, limits);
}

/** A resolver as no one can be made to have: it gives these answers, one for each question, the last one for good. */
function answering(...answers: string[][]): Resolve & { questions: string[] } {
  const questions: string[] = [];
  const resolve = async (host: string): Promise<LookupAddress[]> => {
    const answer = answers[Math.min(questions.push(host), answers.length) - 1] ?? [];
    return answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return Object.assign(resolve, { questions });
}

describe('calling a receiver', () => {
  const stops: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  });

  async function receive(answer?: Answer): Promise<Receiver> {
    const receiver = await startReceiver(answer);
    stops.push(() => receiver.close());
    return receiver;
  }

  /** A server that is not even HTTP. */
  async function serve(onSocket: (socket: Socket) => void): Promise<string> {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      onSocket(socket);
    });
    stops.push(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    });
    return await at(server);
  }

  async function at(server: Server): Promise<string> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  it.each([
    ['to a protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'],
    ['to nothing', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
  ])('is over at once when it switches %s: 101 is no answer to wait behind', async (_, answer) => {
    const url = await serve((socket) => void socket.once('data', () => socket.write(answer)));
    expect(await post(url)).toEqual({ kind: 'answered', httpStatus: 101, retryAfterSecs: undefined });
  });

  it('sends the body and the headers, and takes the status for the answer', async () => {
    const receiver = await receive((response) => void response.writeHead(202).end('thank you'));
    expect(await post(receiver.url)).toEqual({ kind: 'answered', httpStatus: 202, retryAfterSecs: undefined });
    expect(receiver.received[0]).toMatchObject({ body: '{"a":1}', headers: { 'webhook-id': 'evt_1' } });
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect %d, wherever it leads', async (status) => {
    const inner = await receive();
    const receiver = await receive((response) => void response.writeHead(status, { location: inner.url }).end());
    expect(await post(receiver.url)).toMatchObject({ kind: 'answered', httpStatus: status });
    expect(inner.received).toEqual([]);
  });

  it.each([
    ['127.0.0.1', '127.0.0.1 is a loopback address'],
    ['[::1]', '::1 is a loopback address'],
    ['[::ffff:127.0.0.1]', 'is a loopback address'],
    ['10.255.255.1', 'is a private address'],
    ['169.254.169.254', 'is a link-local address'],
  ])('connects to no address %s that is not allowed, no matter who let it through', async (host, words) => {
    const receiver = await receive();
    const { port } = new URL(receiver.url);
    const outcome = await post(`http://${host}:${port}/hook`, CLOSED);
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'forbidden-target' });
    expect(outcome).toHaveProperty('detail', expect.stringContaining(words));
    expect(receiver.received).toEqual([]);
  });

  it('resolves localhost for real, and does not go there', async () => {
    const receiver = await receive();
    const outcome = await post(`http://localhost:${new URL(receiver.url).port}/`, CLOSED);
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'forbidden-target' });
    expect(outcome).toHaveProperty(
      'detail',
      expect.stringMatching(/localhost is a name of an address that is not public/),
    );
    expect(receiver.received).toEqual([]);
  });

  it.each([
    ['a private address', ['10.0.0.5']],
    ['a public address and a private one', ['93.184.216.34', '192.168.0.1']],
    ['a private address after a public one of the other family', ['2606:2800:220:1::1', '172.16.0.9']],
    ['a mapped loopback address', ['::ffff:127.0.0.1']],
    ['the metadata service', ['169.254.169.254']],
    ["a cloud's own services", ['168.63.129.16']],
    ['a link-local address with a zone', ['fe80::1%lo']],
    ['a unique local address', ['fd00::1']],
    ['the unspecified address', ['0.0.0.0']],
    ['what is no address', ['cname.example.net']],
  ])('does not go to a name of %s', async (_what, addresses) => {
    const outcome = await post('http://shop.example.com/', { ...CLOSED, resolve: answering(addresses) });
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'forbidden-target' });
    // Not which address: that would map our networks for the one who chose the name.
    const detail =
      /^Must be a public address: shop\.example\.com is a name of an address that is not public\. Networks/;
    expect(outcome).toHaveProperty('detail', expect.stringMatching(detail));
  });

  it('asks for a name once, and connects to what it has checked: a name that changes in between changes nothing', async () => {
    const receiver = await receive();
    const { port } = new URL(receiver.url);
    const rebinding = answering(['127.0.0.1'], ['10.0.0.5']);
    const first = await post(`http://shop.example.com:${port}/hook`, { ...OPEN, resolve: rebinding });
    expect(first).toMatchObject({ kind: 'answered', httpStatus: 204 });
    expect(rebinding.questions).toEqual(['shop.example.com']);
    expect(receiver.received[0]?.headers.host).toBe(`shop.example.com:${port}`);
    const second = await post(`http://shop.example.com:${port}/hook`, { ...OPEN, resolve: rebinding });
    expect(second).toMatchObject({ kind: 'failed', reason: 'forbidden-target' });
    expect(receiver.received).toHaveLength(1);
  });

  it('says that a name is no one’s', async () => {
    const outcome = await post('http://shop.example.com/', { ...OPEN, resolve: answering([]) });
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'dns' });
  });

  it('says that no one listens', async () => {
    const receiver = await startReceiver();
    await receiver.close();
    const outcome = await post(receiver.url);
    expect(outcome).toEqual({ kind: 'failed', reason: 'connection', detail: 'The connection was refused.' });
  });

  it('waits no longer than the time limit for a receiver that says nothing', async () => {
    const url = await serve(() => undefined);
    expect(await post(url, { ...OPEN, timeoutMs: 200 })).toMatchObject({ kind: 'failed', reason: 'timeout' });
  });

  it('waits no longer for one that sends its headers byte by byte', async () => {
    const url = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
      const timer = setInterval(() => socket.write('a'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    expect(await post(url, { ...OPEN, timeoutMs: 300 })).toMatchObject({ kind: 'failed', reason: 'timeout' });
  });

  it('waits no longer for a resolver that says nothing', async () => {
    const silent: Resolve = () => new Promise(() => undefined);
    const outcome = await post('http://shop.example.com/', { ...OPEN, timeoutMs: 100, resolve: silent });
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'timeout' });
  });

  it('takes the status of one whose body never ends', async () => {
    const url = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const timer = setInterval(() => socket.write('1\r\na\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    expect(await post(url, { ...OPEN, timeoutMs: 300 })).toMatchObject({ kind: 'answered', httpStatus: 200 });
  });

  it('reads no more than a little of a giant answer', async () => {
    let sent = 0;
    const receiver = await receive((response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(64 * 1024);
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.byteLength;
        sent += chunk.byteLength;
      };
      response.on('drain', pour).on('error', () => undefined);
      pour();
    });
    expect(await post(receiver.url)).toMatchObject({ kind: 'answered', httpStatus: 200 });
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it.each([
    ['is not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['has headers without end', `HTTP/1.1 200 OK\r\nX-Big: ${'a'.repeat(64 * 1024)}\r\n\r\n`],
  ])('says that an answer %s', async (_what, text) => {
    const url = await serve((socket) => void socket.once('data', () => socket.end(text)));
    expect(await post(url)).toMatchObject({ kind: 'failed', reason: 'bad-answer' });
  });

  it('says that the connection was cut', async () => {
    const url = await serve((socket) => void socket.once('data', () => socket.resetAndDestroy()));
    expect(await post(url)).toMatchObject({ kind: 'failed', reason: 'connection' });
  });

  it('trusts no certificate that no one has vouched for', async () => {
    const made = await generate([{ name: 'commonName', value: 'vestibule test' }], { keyType: 'ec' });
    const server = createTlsServer({ key: made.private, cert: made.cert }, (_request, response) => response.end());
    const url = await listening(server);
    stops.push(() => closed(server));
    const outcome = await post(url.replace('http:', 'https:'));
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'tls' });
  });
});
