import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { CallWatch } from './call-watch.js';
import { Part } from './part.js';
import { tryConnection } from './try-connection.js';

const limit = AbortSignal.timeout(60_000);
let server: Server;
let watch: CallWatch;
let connect: (signal: AbortSignal) => Promise<void>;

beforeEach(async () => {
  server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = new URL(`http://localhost:${(server.address() as AddressInfo).port}/`);
  connect = (signal) => tryConnection(address, undefined, signal);
  watch = new CallWatch(new Part('partner'), connect);
});

afterEach(() => {
  server.close();
});

it('tries a connection while no one calls, and not another one at once', async () => {
  expect(await watch.look(limit)).toBe(true);
  expect(await watch.look(limit)).toBeUndefined();
});

it('finds that there is no connection', async () => {
  await once(server.close(), 'close');
  await expect(watch.look(limit)).rejects.toThrow();
});

it('leaves a system alone that was called just now', async () => {
  watch.note('answered');
  expect(watch.part.state).toBe('up');
  expect(await watch.look(limit)).toBeUndefined();
});

it('asks for a tunnel where there is a proxy, and says so when it gives none', async () => {
  const { port } = server.address() as AddressInfo;
  const behind = tryConnection(new URL('https://partner.example.com/'), { host: 'localhost', port }, limit);
  await expect(behind).rejects.toThrow('the proxy closed the connection');
});

it('finds a system silent that takes connections while a request waits and nothing is answered', async () => {
  const silent = new CallWatch(new Part('partner'), connect, 0);
  const request = silent.noteSent();
  expect(await silent.look(limit)).toBe('silent');
  silent.forget(request);
  expect(await silent.look(limit)).toBeUndefined();
});

it('takes a request for slow, not the system for silent, when one that left after it was answered', async () => {
  const busy = new CallWatch(new Part('partner'), connect, 0);
  busy.noteSent();
  busy.note('answered', busy.noteSent());
  expect(await busy.look(limit)).toBeUndefined();
  busy.noteSent();
  expect(await busy.look(limit)).toBe('silent');
});

it('finds a system out of reach, not silent, when there is no connection to it any more', async () => {
  const gone = new CallWatch(new Part('partner'), connect, 0);
  gone.noteSent();
  await once(server.close(), 'close');
  await expect(gone.look(limit)).rejects.toThrow();
});
