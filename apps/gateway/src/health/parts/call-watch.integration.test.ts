import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { CallWatch } from './call-watch.js';
import { Part } from './part.js';
import { tryConnection } from './try-connection.js';

const limit = AbortSignal.timeout(60_000);
let server: Server;
let watch: CallWatch;

beforeEach(async () => {
  server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = new URL(`http://localhost:${(server.address() as AddressInfo).port}/`);
  watch = new CallWatch(new Part('partner'), (signal) => tryConnection(address, undefined, signal));
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
