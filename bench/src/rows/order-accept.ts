import { queryOnce } from '../harness/databases.js';
import type { Contestant } from '../harness/contestant.js';
import { GATEWAY, gatewayEnv, ORDERS_KEY } from '../harness/gateway.js';
import { QueueDepth } from '../harness/queue-depth.js';
import { load, loadAlone, toMeasurement } from './http-measurement.js';
import { VESTIBULE, type Measurement, type Row, type Environment } from './row.js';

/**
 * `POST /orders`, each with a key of its own, answered when it is on disk. The gateway runs the role `orders` alone,
 * as it would with separate workers; it feeds its queue, and so does the usual rival.
 */
export function orderAccept(queue: 'postgres' | 'redis'): Row {
  return {
    name: `order-accept (${queue})`,
    needsRedis: queue === 'redis',
    rivals: [
      { name: 'hand-written', goal: 0.7 },
      { name: 'usual', goal: 3 },
    ],
    rounds: 5,
    prepare: (environment) => prepare(environment, queue === 'redis' ? environment.redisUrl : undefined),
  };
}

async function prepare(
  { databases, programs, pump }: Environment,
  redisUrl: string | undefined,
): Promise<Record<string, () => Promise<Measurement>>> {
  const url = await databases.create('accept');
  const server = await programs.serve('vestibule', GATEWAY, gatewayEnv('orders', url, redisUrl), 'INTERNAL_PORT');
  await programs.stop(server); // It has made the tables.

  const copyFor = (name: string): Promise<string> => databases.create(`accept-${name}`, 'accept');
  const urls = { [VESTIBULE]: await copyFor('vestibule'), hand: await copyFor('hand'), usual: await copyFor('usual') };
  // TypeORM then leaves the id to the database, and need not ask first whether the order is there.
  await queryOnce(urls.usual, 'alter table orders alter id set default gen_random_uuid()');

  const rivalEnv = (databaseUrl: string): Record<string, string> => ({
    DATABASE_URL: databaseUrl,
    ORDERS_KEY: ORDERS_KEY.secret,
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
  });
  const gateway = await programs.serve(
    'vestibule',
    GATEWAY,
    gatewayEnv('orders', urls[VESTIBULE], redisUrl),
    'INTERNAL_PORT',
  );
  const hand = await programs.serve('hand-written', 'rivals/hand-written/order-accept.js', rivalEnv(urls.hand));
  const usual = await programs.serve('usual', 'rivals/usual/order-accept/main.js', rivalEnv(urls.usual));

  const measure = (name: string, contestant: Contestant, databaseUrl: string) => {
    let accepted = 0;
    return async (): Promise<Measurement> => {
      // Before the load, while nothing else is in progress: a program that commits in groups must not make a lone one
      // wait.
      const alone = await loadAlone(pump, name, contestant, 'order-accept');
      const result = await load(pump, name, contestant, 'order-accept');
      accepted += alone.total + result.total;
      const [row] = await queryOnce<{ count: number }>(databaseUrl, 'select count(*)::int as count from orders');
      if (row?.count !== accepted) throw new Error(`${name} answered ${accepted} orders and has ${row?.count}`);
      const { perSecond, details } = toMeasurement(result);
      const measured = { perSecond, details: { ...details, aloneP50Ms: alone.p50Ms } };
      if (name !== VESTIBULE) return measured;
      // The gateway answers before its queue has the order: what it puts off must not fall to the next contestant.
      const queueLagMs = await untilQueued({ databaseUrl, redisUrl }, accepted);
      return { perSecond, details: { ...measured.details, queueLagMs } };
    };
  };
  return {
    [VESTIBULE]: measure(VESTIBULE, gateway, urls[VESTIBULE]),
    'hand-written': measure('hand-written', hand, urls.hand),
    usual: measure('usual', usual, urls.usual),
  };
}

async function untilQueued(address: { databaseUrl: string; redisUrl: string | undefined }, jobs: number) {
  const depth = new QueueDepth(address);
  try {
    return await depth.untilWaiting(jobs);
  } finally {
    await depth.close();
  }
}
