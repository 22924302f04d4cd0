import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { MOST_IMPORTS } from '../loyalty/import/import-limits.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

const headers = { authorization: 'Bearer a-key-of-an-operator', 'content-type': 'text/csv' };
/** Each line is rejected, so that the report is longer than all buffers on the way to its reader. */
const FILE = `id;title\n${'x;\n'.repeat(150_000)}`;

let database: TestDatabase;
let gateway: Gateway;
beforeAll(async () => {
  database = await openTestDatabase();
  const env = { ROLES: 'admin', ADMIN_API_KEYS: 'ops:a-key-of-an-operator', DATABASE_POOL_SIZE: String(MOST_IMPORTS) };
  gateway = await startTestGateway(database, env);
});
afterAll(async () => {
  await gateway.stop();
  await database.close();
});

it('imports whose reports no one reads hold no connection that others need, and further ones are refused', async () => {
  const started: ClientRequest[] = [];
  const start = async (): Promise<IncomingMessage> => {
    const call = request(`${gateway.internalUrl}/admin/import/offers`, { method: 'POST', headers });
    started.push(call);
    const answered = once(call, 'response') as Promise<[IncomingMessage]>;
    call.end(FILE);
    return (await answered)[0];
  };
  for (let count = 0; count < MOST_IMPORTS; count += 1) expect((await start()).statusCode).toBe(200);
  const { statusCode, headers: said } = await start();
  expect([statusCode, said['retry-after']]).toEqual([429, '10']);
  const counts = await fetch(`${gateway.internalUrl}/admin/order-counts`, { headers });
  expect(counts.status).toBe(200);
  for (const call of started) call.destroy();
  let last: IncomingMessage | undefined;
  while (last?.statusCode !== 200) last = await start();
  started.at(-1)?.destroy();
});
