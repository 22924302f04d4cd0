import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { askRedis, untilRedis } from '../../servers/redis-cli.mjs';
import { hasRedisServer, startRedis } from '../../servers/redis-server.mjs';
import { postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { expectEachExecutedOnce } from '../harness/executed-once.js';
import type { Env } from '../harness/gateway-group.js';
import { runGatewayToEnd, type GatewayProcess } from '../harness/gateway-process.js';
import { readyOf, untilCondition, untilWell } from '../harness/health.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

type Server = Awaited<ReturnType<typeof startRedis>>;

const { database, sandbox, ...group } = withGateway({
  sandbox: true,
  env: { SWEEP_GRACE_MS: '300' },
  running: false,
  isolated: true,
});
const start = (redisUrl: string, env: Env = {}): Promise<GatewayProcess> =>
  group.start({ REDIS_URL: redisUrl, ...env });

/** What a case stops itself, after its gateways. */
let stops: (() => Promise<unknown>)[];
beforeEach(() => void (stops = []));
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
});

async function redis(settings: readonly string[] = []): Promise<Server> {
  const server = await startRedis(undefined, settings);
  stops.push(() => server.stop('SIGKILL'));
  return server;
}

const place = async (gateway: GatewayProcess): Promise<OrderView> =>
  (await (await postOrder(gateway)).json()) as OrderView;

/** The lines of its log about errors of the queue. */
const complaints = (gateway: GatewayProcess): number =>
  gateway.log.filter(({ msg }) => /reports an error|could not run|not queued|sweep failed/.test(msg)).length;

const describeWithRedis = (await hasRedisServer()) ? describe : describe.skip;

describeWithRedis('a failover behind an address that does not change', () => {
  it('is found by the connections that still lead to the old server, and orders leave', async () => {
    const [old, next] = [await redis(), await redis()];
    let port = old.port;
    const address = createServer((inner) => {
      const outer = connect(port, '127.0.0.1');
      inner.on('error', () => outer.destroy()).pipe(outer);
      outer.on('error', () => inner.destroy()).pipe(inner);
    }).listen(0, '127.0.0.1');
    await once(address, 'listening');
    stops.push(async () => address.close());
    const gateway = await start(`redis://127.0.0.1:${(address.address() as AddressInfo).port}`);
    await untilStatus(gateway, (await place(gateway)).id, 'confirmed');

    await askRedis(next.port, ['replicaof', '127.0.0.1', String(old.port)]);
    await untilRedis('the replica follows', next.port, ['role'], (said) => said.includes('connected'));
    await askRedis(next.port, ['replicaof', 'no', 'one']);
    port = next.port;
    await askRedis(old.port, ['replicaof', '127.0.0.1', String(next.port)]);
    await untilStatus(gateway, (await place(gateway)).id, 'confirmed');
  });
});

describeWithRedis('a Redis that refuses what a queue needs', () => {
  it('and is full when we start: reported once, and orders are sent when it has room', async () => {
    const server = await redis(['--maxmemory', '1kb']);
    const gateway = await start(server.url);
    const order = await place(gateway);
    expect(await untilCondition(gateway, 'queue.refuses')).toContain('OOM');
    expect(await readyOf(gateway)).toMatchObject({ status: 'degraded', queue: 'down' });
    // Long enough that a loop without a pause would have filled the log.
    await until('the sweeper has tried a few times', async () =>
      Promise.resolve(gateway.log.some(({ msg }) => msg.includes('not queued')) ? true : undefined),
    );
    expect(complaints(gateway)).toBeLessThan(100);
    await askRedis(server.port, ['config', 'set', 'maxmemory', '0']);
    await untilStatus(gateway, order.id, 'confirmed');
    await untilWell(gateway);
  });

  it.each([
    ['info', ['-info'], '+info'],
    ['scripts', ['-eval', '-evalsha'], '+eval +evalsha'],
    ['a command within a script', ['-zadd'], '+zadd'],
  ])('because its user has no right to %s: named, with what to grant', async (_, rights, grant) => {
    const server = await redis();
    await askRedis(server.port, ['acl', 'setuser', 'app', 'on', '>word', '~*', '&*', '+@all', ...rights]);
    const gateway = await start(server.url.replace('redis://', 'redis://app:word@'));
    const order = await place(gateway);
    expect(await untilCondition(gateway, 'queue.refuses')).toContain(grant);
    expect(complaints(gateway)).toBeLessThan(100);
    await askRedis(server.port, ['acl', 'setuser', 'app', '+@all']);
    await untilStatus(gateway, order.id, 'confirmed');
  });
});

describeWithRedis('a REDIS_URL that is wrong', () => {
  it('in its password is named, with what Redis says', async () => {
    const server = await redis(['--requirepass', 'right']);
    const gateway = await start(server.url.replace('redis://', 'redis://:wrong@'));
    const order = await place(gateway);
    expect(await untilCondition(gateway, 'queue.refuses')).toMatch(/REDIS_URL refuses our user or password/);
    expect(complaints(gateway)).toBeLessThan(100);
    await askRedis(server.port, ['-a', 'right', 'config', 'set', 'requirepass', 'wrong']);
    await untilStatus(gateway, order.id, 'confirmed');
  });

  it.each([
    ['/99', 'REDIS_URL names the database 99'],
    ['/abc', 'REDIS_URL'],
  ])('in its database (%s) stops the start', async (path, sentence) => {
    const server = await redis();
    const env = { DATABASE_URL: database.url, TROIKA_URL: sandbox.url, REDIS_URL: `${server.url}${path}` };
    const { code, said } = await runGatewayToEnd(env);
    expect(code).toBe(1);
    expect(said.trim().split('\n')).toEqual([expect.stringContaining(sentence)]);
  });
});

describeWithRedis('a Redis that may throw keys away', () => {
  it('is reported', async () => {
    const server = await redis(['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru']);
    expect(await untilCondition(await start(server.url), 'queue.evicts')).toContain('noeviction');
  });
});

/** The same numbers for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describeWithRedis('parts of a Redis that are lost while orders wait', () => {
  it.each([1, 2, 3, 4])('do not keep any order from being sent, each once (seed %s)', async (seed) => {
    const server = await redis();
    const producing = await start(server.url, { ROLES: 'orders' });
    const orders = await Promise.all(Array.from({ length: 60 }, () => place(producing)));
    const client = new Redis(server.url);
    await until('all are queued', async () =>
      (await client.llen('{vestibule}:send:wait')) === orders.length ? true : undefined,
    );
    const random = randomOf(seed);
    const keys = (await client.keys('*')).sort();
    const lost = keys.filter(() => random() < 0.4);
    // Every second time the whole list disappears while jobs stay: they are unreachable.
    if (seed % 2 === 0) lost.push('{vestibule}:send:wait');
    await client.del(...lost);
    client.disconnect();
    const gateway = await start(server.url);
    await expectEachExecutedOnce(gateway, sandbox, orders);
  });
});
