import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Sandbox } from '@vestibule/sandbox';
import { postOrder, type OrderView } from '../harness/api.js';
import { createDatabase, type TestDatabase } from '../harness/database.js';
import { expectEachExecutedOnce } from '../harness/executed-once.js';
import { startGateway, type GatewayProcess } from '../harness/gateway-process.js';
import { unique } from '../harness/queues.js';
import { openSandbox } from '../harness/sandbox.js';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js';
import { until } from '../harness/until.js';

let sandbox: Sandbox;
let database: TestDatabase;
let proxy: TcpProxy;
let gateway: GatewayProcess;

beforeEach(async () => {
  sandbox = await openSandbox();
  database = await createDatabase();
  proxy = await startTcpProxy(database.url);
  gateway = await startGateway({
    DATABASE_URL: proxy.url,
    TROIKA_URL: sandbox.url,
    TROIKA_RATE_PER_SECOND: '1000',
    SWEEP_GRACE_MS: '300',
  });
});

afterEach(async () => {
  await gateway.stop();
  await proxy.cut();
  await database.drop();
  await sandbox.close();
});

/** Posts as a producer does: again under its key until it is accepted. */
async function place(): Promise<OrderView> {
  const key = unique('silent');
  return await until('the order is accepted', async () => {
    const response = await postOrder(gateway, { key });
    return response.status === 202 ? ((await response.json()) as OrderView) : undefined;
  });
}

it('continues sending when every connection to PostgreSQL has fallen silent', async () => {
  const before = await Promise.all(Array.from({ length: 20 }, place));
  proxy.silence();
  const after = await Promise.all(Array.from({ length: 20 }, place));
  await expectEachExecutedOnce(gateway, sandbox, [...before, ...after]);
  const given = gateway.log.filter(({ error }) => JSON.stringify(error ?? '').includes('fell silent'));
  expect(given).not.toEqual([]);
});
