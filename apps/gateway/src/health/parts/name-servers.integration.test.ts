import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startNameServer, type NameServer } from '../../../../../e2e/servers/name-server.mjs';
import { NameServers } from './name-servers.js';

const NAME = 'shop.example.com';
const limit = AbortSignal.timeout(60_000);
let server: NameServer;
let servers: NameServers;

beforeEach(async () => {
  server = await startNameServer({ [NAME]: ['127.0.0.1'] });
  servers = new NameServers();
});

afterEach(() => server.close());

it('asks no server before a name was needed', async () => {
  expect(await servers.look(limit)).toBeUndefined();
  expect(server.asked).toEqual([]);
});

it('takes any answer for one, and a server for up that drops questions about the root but knows a name', async () => {
  servers.need([server.address]);
  expect(await servers.look(limit)).toBe(true);
  server.names[''] = 'silent';
  servers.need([server.address], NAME);
  expect(await servers.look(limit)).toBe(true);
});

it('finds a server that says nothing, also when another one answers', async () => {
  const other = await startNameServer({});
  servers.need([other.address]);
  servers.need([server.address], NAME);
  server.names[''] = 'silent';
  server.names[NAME] = 'silent';
  expect(await servers.look(limit)).toBe(false);
  await other.close();
});

it('needs no server for an address or a name of this machine', async () => {
  for (const host of ['127.0.0.1', '[::1]', 'localhost', 'shop.localhost']) servers.needFor(host);
  expect(await servers.look(limit)).toBeUndefined();
});
