import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { untilRedis } from '../../servers/redis-cli.mjs';
import { startCluster } from '../../servers/redis-cluster.mjs';
import { startSentinels } from '../../servers/redis-sentinel.mjs';
import { hasRedisServer, startRedis } from '../../servers/redis-server.mjs';
import { canMakeCertificates, startRedisWithTls } from '../../servers/redis-tls.mjs';
import { postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { createDatabase } from '../harness/database.js';
import { expectEachExecutedOnce, expectExecuted } from '../harness/executed-once.js';
import type { GatewayProcess } from '../harness/gateway-process.js';
import { withGateway } from '../harness/with-gateway.js';

/** Redis is silent as long as that, and orders come in all the while. */
const ABSENCE_MS = 30_000;
/** Starting the servers, and giving one up, take their time on a busy machine. */
const LIMIT_MS = 180_000;

/** What ends a master: it dies, and its connections with it; or it falls silent, and they stay open. */
const ENDS = ['SIGKILL', 'SIGSTOP'] as const;

const KINDS = [
  { kind: 'named by Sentinels', start: startSentinels },
  { kind: 'of a Cluster', start: startCluster },
];

const { sandbox, start } = withGateway({
  sandbox: true,
  env: { SWEEP_GRACE_MS: '500' },
  running: false,
  isolated: true,
});

/** What a case stops itself, after its gateways. */
let stops: (() => Promise<unknown>)[];
beforeEach(() => void (stops = []));
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
});

/** Posts orders one after the other, each accepted during every state of the queue, and returns them. */
async function postMany(gateway: GatewayProcess, count: number, pauseMs = 0): Promise<OrderView[]> {
  const orders: OrderView[] = [];
  for (let number = 0; number < count; number += 1) {
    const response = await postOrder(gateway);
    expect(response.status).toBe(202);
    orders.push((await response.json()) as OrderView);
    await delay(pauseMs);
  }
  return orders;
}

async function queueOf({ internalUrl }: GatewayProcess): Promise<unknown> {
  return ((await (await fetch(`${internalUrl}/admin/health/ready`)).json()) as { queue: unknown }).queue;
}

async function startAgain(port: number): Promise<void> {
  const redis = await startRedis(port);
  stops.push(() => redis.stop('SIGKILL'));
}

// It needs its own servers, which can be killed; `npm test` reports when there are none.
const REDIS = (await hasRedisServer()) ? ['Redis'] : [];
const REDIS_WITH_TLS = REDIS.length > 0 && canMakeCertificates() ? ['Redis'] : [];

for (const name of REDIS_WITH_TLS) {
  describe(`a ${name} behind TLS (rediss://)`, () => {
    it('carries orders when its certificate is trusted, and is not used otherwise', async () => {
      const redis = await startRedisWithTls();
      stops.push(() => redis.stop());
      const base = { REDIS_URL: redis.url };
      const wary = await start({ ...base, ROLES: 'orders' });
      const trusting = await start({ ...base, NODE_EXTRA_CA_CERTS: redis.certFile });
      expect(await queueOf(wary)).toBe('down');
      expect(await queueOf(trusting)).toBe('up');
      await expectEachExecutedOnce(trusting, sandbox, [...(await postMany(wary, 5)), ...(await postMany(trusting, 5))]);
    });
  });
}

for (const name of REDIS) {
  describe.each(KINDS)(`a ${name} master $kind`, ({ start: startServers }) => {
    it.each(ENDS)(
      'is followed by its replica after a %s, without a lost or doubled order and without a stuck worker',
      async (end) => {
        const servers = await startServers();
        stops.push(() => servers.stop());
        const gateway = await start({ REDIS_URL: servers.url });
        const before = await postMany(gateway, 10);
        await Promise.all(before.map(({ id }) => untilStatus(gateway, id, 'confirmed')));

        const underWay = await postMany(gateway, 10);
        servers.master.send(end);
        const meanwhile = await postMany(gateway, 20, 100);
        await servers.untilPromoted();
        const after = await postMany(gateway, 10);
        await expectEachExecutedOnce(gateway, sandbox, [...before, ...underWay, ...meanwhile, ...after]);
        expect(await gateway.stop()).toBe(0);
      },
      LIMIT_MS,
    );
  });

  describe(`a ${name} that loses what it has acknowledged`, () => {
    it(
      'because its replica did not have it, repeats finished jobs, and each order is still executed once',
      async () => {
        const servers = await startSentinels();
        stops.push(() => servers.stop());
        const base = { REDIS_URL: servers.url };
        const api = await start({ ...base, ROLES: 'orders' });
        const comingBack = await postMany(api, 20);
        await untilRedis('the replica has the jobs', servers.replica.port, ['dbsize'], (said) => Number(said) > 20);
        await servers.cutReplica();
        await start({ ...base, ROLES: 'worker' });
        await Promise.all(comingBack.map(({ id }) => untilStatus(api, id, 'confirmed')));
        const missing = await postMany(api, 20);
        servers.master.send('SIGKILL');
        await servers.untilPromoted();
        await expectEachExecutedOnce(api, sandbox, [...comingBack, ...missing]);
        const jobs = ['keys', '{vestibule}:send:????????-????-*'];
        await untilRedis('no job is left', servers.replica.port, jobs, (said) => said.trim() === '');
      },
      LIMIT_MS,
    );
  });

  describe(`a ${name} that is away for ${ABSENCE_MS / 1000} s`, () => {
    it(
      'silent or dead, keeps no order from being accepted, and is used again when it is back',
      async () => {
        const confirmed = await Promise.all(
          ENDS.map(async (end) => {
            const redis = await startRedis();
            stops.push(() => redis.stop('SIGKILL'));
            const database = await createDatabase();
            stops.push(() => database.drop());
            const gateway = await start({ DATABASE_URL: database.url, REDIS_URL: redis.url });
            const before = await postMany(gateway, 10);
            redis.send(end);
            const meanwhile = await postMany(gateway, 60, ABSENCE_MS / 60);
            if (end === 'SIGSTOP') redis.send('SIGCONT');
            else await startAgain(redis.port);
            const after = await postMany(gateway, 10);
            const orders = [...before, ...meanwhile, ...after];
            const ended = await Promise.all(orders.map(({ id }) => untilStatus(gateway, id, 'confirmed')));
            expect(await gateway.stop()).toBe(0);
            return ended;
          }),
        );
        await expectExecuted(sandbox, confirmed.flat());
      },
      LIMIT_MS,
    );
  });
}
