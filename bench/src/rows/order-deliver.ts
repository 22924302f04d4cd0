import { fillBareQueue } from '../../rivals/bare-bullmq/fill.js';
import type { Drained } from '../../rivals/bare-bullmq/drain.js';
import { queryOnce } from '../harness/databases.js';
import { GATEWAY, gatewayEnv, WITHOUT_JOURNAL } from '../harness/gateway.js';
import { acceptOrders, untilDelivered } from './delivery.js';
import { VESTIBULE, type Measurement, type Row, type Environment } from './row.js';

/** Orders, and jobs, of one round: enough for some seconds. */
const JOBS = { postgres: 1_500, redis: 6_000 } as const;
const BARE = 'bare BullMQ';
const UNJOURNALED = 'without the journal';
const CONCURRENCY = 64;

/**
 * Orders that were accepted before are sent to a partner that answers at once, by a gateway in the role `worker`
 * alone. One rival is a BullMQ worker that does nothing, on the same backend and with the same concurrency; the other is
 * the same gateway with a send journal that writes nothing.
 */
export function orderDeliver(queue: 'postgres' | 'redis'): Row {
  return {
    name: `order-deliver (${queue})`,
    needsRedis: queue === 'redis',
    rivals: [
      { name: BARE, goal: 0.4 },
      { name: UNJOURNALED, goal: 0.9 },
    ],
    rounds: 5,
    prepare: (environment) => prepare(environment, JOBS[queue], queue === 'redis' ? environment.redisUrl : undefined),
  };
}

async function prepare(
  environment: Environment,
  jobs: number,
  redisUrl: string | undefined,
): Promise<Record<string, () => Promise<Measurement>>> {
  const databaseUrl = await environment.databases.create('deliver-vestibule');
  const unjournaledUrl = await environment.databases.create('deliver-unjournaled');
  const bareUrl = await environment.databases.create('deliver-bare');
  const partner = await environment.programs.serve('partner', 'src/partner.js', {});
  return {
    [VESTIBULE]: () => deliverOnce(environment, { databaseUrl, redisUrl }, jobs, partner.port),
    [UNJOURNALED]: () =>
      deliverOnce(environment, { databaseUrl: unjournaledUrl, redisUrl }, jobs, partner.port, WITHOUT_JOURNAL),
    [BARE]: async () => {
      await fillBareQueue({ databaseUrl: bareUrl, redisUrl }, jobs);
      const worker = environment.programs.start('bare-bullmq', 'rivals/bare-bullmq/drain.js', {
        DATABASE_URL: bareUrl,
        ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
        JOBS: String(jobs),
        CONCURRENCY: String(CONCURRENCY),
      });
      const { seconds } = await worker.message<Drained>();
      await environment.programs.stop(worker);
      return { perSecond: (jobs - 1) / seconds, details: { jobs, seconds } };
    },
  };
}

/** Has orders accepted, then sent by a worker alone. */
export async function deliverOnce(
  environment: Environment,
  { databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string | undefined },
  jobs: number,
  partnerPort: number,
  extra: Readonly<Record<string, string>> = {},
): Promise<Measurement> {
  await acceptOrders(environment, { databaseUrl, redisUrl }, jobs);
  const worker = environment.programs.start('vestibule-worker', GATEWAY, {
    ...gatewayEnv('worker', databaseUrl, redisUrl),
    TROIKA_URL: `http://127.0.0.1:${partnerPort}/`,
    TROIKA_RATE_PER_SECOND: '100000',
    TROIKA_CONCURRENCY: String(CONCURRENCY),
    ...extra,
  });
  await untilDelivered(databaseUrl);
  await environment.programs.stop(worker);
  return await readDelivery(databaseUrl, jobs);
}

/** Asks the ledger, which has the time of every change of state. */
async function readDelivery(databaseUrl: string, jobs: number): Promise<Measurement> {
  const [row] = await queryOnce<{ confirmed: number; attempts: number; after_first: number; seconds: number }>(
    databaseUrl,
    `with done as (select at from order_events where status = 'confirmed')
     select (select count(*)::int from orders where status = 'confirmed') as confirmed,
            (select count(*)::int from order_attempts) as attempts,
            (select count(*)::int from done where at > (select min(at) from done)) as after_first,
            (select extract(epoch from max(at) - min(at))::float8 from done) as seconds`,
  );
  if (row?.confirmed !== jobs || row.attempts !== jobs) {
    throw new Error(`of ${jobs} orders ${row?.confirmed} are confirmed, with ${row?.attempts} attempts`);
  }
  return { perSecond: row.after_first / row.seconds, details: { jobs, seconds: row.seconds } };
}
