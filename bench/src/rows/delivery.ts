import { setTimeout as delay } from 'node:timers/promises';
import { queryOnce } from '../harness/databases.js';
import { GATEWAY, gatewayEnv } from '../harness/gateway.js';
import { QueueDepth } from '../harness/queue-depth.js';
import type { Environment } from './row.js';

const POLL_MS = 100;
const LIMIT_MS = 120_000;

/** Has the gateway accept the orders of a round without a worker, and stops it again. */
export async function acceptOrders(
  { programs, pump }: Environment,
  address: { databaseUrl: string; redisUrl: string | undefined },
  jobs: number,
): Promise<void> {
  const env = gatewayEnv('orders', address.databaseUrl, address.redisUrl);
  const gateway = await programs.serve('vestibule-orders', GATEWAY, env, 'INTERNAL_PORT');
  await queryOnce(address.databaseUrl, 'truncate orders cascade');
  await pump.run('vestibule-orders', {
    workload: 'order-accept',
    port: gateway.port,
    connections: 64,
    warmUpMs: 0,
    measureMs: LIMIT_MS,
    stopAfter: jobs,
  });
  const depth = new QueueDepth(address);
  try {
    await depth.untilWaiting(jobs);
  } finally {
    await depth.close();
  }
  await programs.stop(gateway);
}

/** Waits until no more than so many orders are open. */
export async function untilDelivered(databaseUrl: string, open = 0): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const [row] = await queryOnce<{ open: number }>(
      databaseUrl,
      `select count(*)::int as open from (
         select from orders where status in ('accepted', 'retrying', 'sending') limit ${open + 1}) o`,
    );
    if (row !== undefined && row.open <= open) return;
    if (Date.now() > deadline) throw new Error(`orders are not delivered after ${LIMIT_MS / 1000} s`);
    await delay(POLL_MS);
  }
}
