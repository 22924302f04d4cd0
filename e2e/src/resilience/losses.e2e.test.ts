import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '@vestibule/gateway/embedded-postgres';
import { hasRedisServer, startRedis } from '../../servers/redis-server.mjs';
import { startKillablePostgres, type KillablePostgres } from './chaos/killable-postgres.js';
import { getOrder, postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { expectEachExecutedOnce } from '../harness/executed-once.js';
import type { GatewayProcess } from '../harness/gateway-process.js';
import { queueChoices } from '../harness/queues.js';
import { executedOrders, setFaults } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

/**
 * What every gateway here has: it notices losses soon. How long the partner may take is left at half a minute: on a busy
 * machine a short limit makes orders unknown that nothing was wrong with, and they wait for a person. Many unknown outcomes
 * are what is looked for here, so they do not stop sending.
 */
const QUICK = { SWEEP_GRACE_MS: '300', TROIKA_UNKNOWN_LIMIT: '1000' };

const SET_UP = { sandbox: true, env: QUICK, running: false, isolated: true } as const;

/** What a case stops itself, after its gateways. */
let stops: (() => Promise<unknown>)[];
beforeEach(() => void (stops = []));
async function stopAll(): Promise<void> {
  for (const stop of stops.toReversed()) await stop();
}

const post = async (gateway: GatewayProcess): Promise<OrderView> =>
  (await (await postOrder(gateway)).json()) as OrderView;
const postMany = (gateway: GatewayProcess, count: number): Promise<OrderView[]> =>
  Promise.all(Array.from({ length: count }, () => post(gateway)));

describe.each(queueChoices())('a worker that is killed while it sends, with the queue on $queue', (queue) => {
  const { database, sandbox, start } = withGateway({ queue, ...SET_UP });

  it('leaves its orders unknown, never sent again, and the others to the next worker', async () => {
    const api = await start({ ROLES: 'orders' });
    await setFaults(sandbox, 'execute-and-timeout');
    const doomed = await start({ ROLES: 'worker', TROIKA_CONCURRENCY: '4' });
    const orders = await postMany(api, 12);
    await until('four are being sent', async () => ((await executedOrders(sandbox)).length === 4 ? true : undefined));
    await doomed.stop('SIGKILL');
    await setFaults(sandbox, 'none');
    // Its leases are as short as its time limit allows, so that the test need not wait.
    await database.pool.query(`update orders set lease_expires_at = now() where status = 'sending'`);
    await start({ ROLES: 'worker' });

    const ended = await Promise.all(
      orders.map(({ id }) =>
        until(`order ${id} ends`, async () => {
          const order = await getOrder(api, id);
          return order.status === 'unknown' || order.status === 'confirmed' ? order : undefined;
        }),
      ),
    );
    expect(ended.filter(({ status }) => status === 'unknown')).toHaveLength(4);
    expect(ended.map(({ attempts }) => attempts)).toEqual(orders.map(() => 1));
    expect(await executedOrders(sandbox)).toHaveLength(12);
  });

  it('executes each order once when every answer is lost, and calls each unknown', async () => {
    const gateway = await start({ TROIKA_CONCURRENCY: '40', TROIKA_TIMEOUT_MS: '1500' });
    await setFaults(sandbox, 'execute-and-timeout');
    const orders = await postMany(gateway, 40);
    await Promise.all(orders.map(({ id }) => untilStatus(gateway, id, 'unknown')));
    expect(await executedOrders(sandbox)).toHaveLength(40);
  });
});

// It needs its own Redis, which can be killed; `npm test` reports when there is none.
const REDIS = (await hasRedisServer()) ? ['redis-server'] : [];

for (const server of REDIS)
  describe(`a ${server} that is lost`, () => {
    const { sandbox, start } = withGateway(SET_UP);
    afterEach(stopAll);

    it('with FLUSHALL while orders wait, loses no order and doubles none', async () => {
      const redis = await startRedis();
      stops.push(() => redis.stop());
      const base = { REDIS_URL: redis.url };
      const api = await start({ ...base, ROLES: 'orders' });
      const orders = await postMany(api, 50);
      const client = new Redis(redis.url);
      await until('the queue has them', async () => ((await client.dbsize()) > 50 ? true : undefined));
      await client.flushall();
      client.disconnect();
      await start({ ...base, ROLES: 'worker' });
      await expectEachExecutedOnce(api, sandbox, orders);
    });

    it('while a worker listens and orders arrive, is used again as soon as it is back, empty', async () => {
      let redis = await startRedis();
      stops.push(() => redis.stop());
      const gateway = await start({ REDIS_URL: redis.url });
      const before = await postMany(gateway, 10);
      await redis.stop('SIGKILL');
      const meanwhile = await postMany(gateway, 10);
      redis = await startRedis(redis.port);
      const after = await postMany(gateway, 10);
      await expectEachExecutedOnce(gateway, sandbox, [...before, ...meanwhile, ...after]);
    });

    it('before the gateway starts, prevents no post, and every order is sent later', async () => {
      const port = await freePort();
      const gateway = await start({ REDIS_URL: `redis://127.0.0.1:${port}` });
      const orders = await postMany(gateway, 10);
      expect(orders.map(({ status }) => status)).toEqual(orders.map(() => 'accepted'));
      const redis = await startRedis(port);
      stops.push(() => redis.stop());
      await expectEachExecutedOnce(gateway, sandbox, orders);
    });

    it('does not keep a gateway from stopping', async () => {
      const redis = await startRedis();
      const gateway = await start({ REDIS_URL: redis.url });
      await untilStatus(gateway, (await post(gateway)).id, 'confirmed');
      await redis.stop('SIGKILL');
      await post(gateway);
      expect(await gateway.stop()).toBe(0);
    });
  });

describe.each(queueChoices())('a PostgreSQL that is lost, with the queue on $queue', (queue) => {
  const { sandbox, start } = withGateway({ queue, ...SET_UP });
  afterEach(stopAll);
  let postgres: KillablePostgres;
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vestibule-losses-'));
    await chmod(folder, 0o755); // Under root PostgreSQL runs as another user.
    stops.push(() => rm(folder, { recursive: true, force: true }));
    postgres = await startKillablePostgres(folder);
    stops.push(() => postgres.stop());
  });

  it('while an order is being sent, still gets its answer when it is back within the lease', async () => {
    await setFaults(sandbox, 'slow');
    const gateway = await start({ DATABASE_URL: postgres.url });
    const { id } = await post(gateway);
    await until('it is being sent', async () => ((await executedOrders(sandbox)).length === 1 ? true : undefined));
    await postgres.kill();
    await until('the answer has come', () =>
      Promise.resolve(gateway.log.some(({ msg }) => msg === 'attempt') ? true : undefined),
    );
    await postgres.restart();
    await until('the order is confirmed', async () => {
      const order = await getOrder(gateway, id).catch(() => undefined);
      return order?.status === 'confirmed' ? order : undefined;
    });
    expect(await executedOrders(sandbox)).toHaveLength(1);
  });

  it('is used again as soon as it is back: waiting workers are notified', async () => {
    const gateway = await start({ DATABASE_URL: postgres.url });
    await untilStatus(gateway, (await post(gateway)).id, 'confirmed');
    for (let round = 0; round < 2; round += 1) {
      await postgres.kill();
      await postgres.restart();
      const order = await until('an order is taken', async () => {
        const response = await postOrder(gateway, { key: `round-${round}` });
        return response.status === 202 ? ((await response.json()) as OrderView) : undefined;
      });
      await untilStatus(gateway, order.id, 'confirmed');
    }
  });

  it('does not keep a gateway from stopping, also with an answer that cannot be stored', async () => {
    await setFaults(sandbox, 'slow');
    const gateway = await start({ DATABASE_URL: postgres.url });
    await post(gateway);
    await until('it is being sent', async () => ((await executedOrders(sandbox)).length === 1 ? true : undefined));
    await postgres.kill();
    await gateway.stop();
    expect(gateway.child.signalCode).toBeNull();
    await postgres.restart();
  });
});
