import { queryOnce } from '../harness/databases.js';
import { GATEWAY, gatewayEnv } from '../harness/gateway.js';
import { acceptOrders, untilDelivered } from './delivery.js';
import { VESTIBULE, type Environment, type Measurement, type Row } from './row.js';

const RATE = 100;
/** Of one stretch: four seconds of the rate. */
const ORDERS = 400;
const ALONE = 'alone';
/** One a round, in turn. */
const OFFSETS = ['+10m', '-10m', '+1d', '-1d'] as const;

/**
 * How fast a worker sends beside one whose clock is wrong: while that one lives, and after it was killed; the slower of
 * the two counts. The rival is the same worker, alone. The rate limiter sets the speed, so a slot that the other takes,
 * or a rate limit that it leaves behind, shows.
 */
export function clockSkew(queue: 'postgres' | 'redis'): Row {
  return {
    name: `clock-skew (${queue})`,
    needsRedis: queue === 'redis',
    needsFaketime: true,
    rivals: [{ name: ALONE, goal: 0.9 }],
    rounds: OFFSETS.length,
    prepare: (environment) => prepare(environment, queue === 'redis' ? environment.redisUrl : undefined),
  };
}

async function prepare(
  environment: Environment,
  redisUrl: string | undefined,
): Promise<Record<string, () => Promise<Measurement>>> {
  const { databases, programs, wrongClock } = environment;
  if (wrongClock === undefined) throw new Error('no process can be given a wrong clock on this machine');
  const databaseUrl = await databases.create('clock-skew');
  const partner = await programs.serve('partner', 'src/partner.js', {});
  const env = {
    ...gatewayEnv('worker', databaseUrl, redisUrl),
    TROIKA_URL: `http://127.0.0.1:${partner.port}/`,
    TROIKA_RATE_PER_SECOND: String(RATE),
    TROIKA_TRACK_SHARE_PERCENT: '0',
    TROIKA_CONCURRENCY: '64',
  };
  let round = 0;
  return {
    [ALONE]: async () => {
      await acceptOrders(environment, { databaseUrl, redisUrl }, ORDERS);
      const worker = programs.start('worker', GATEWAY, env);
      await untilDelivered(databaseUrl);
      await programs.stop(worker);
      return { perSecond: await rateBetween(databaseUrl, '-infinity', 'infinity'), details: {} };
    },
    [VESTIBULE]: async () => {
      const offset = OFFSETS[round % OFFSETS.length] ?? OFFSETS[0];
      round += 1;
      await acceptOrders(environment, { databaseUrl, redisUrl }, 2 * ORDERS);
      const clock = wrongClock(offset);
      const skewed = await programs.serve('skewed-worker', GATEWAY, { ...env, ...clock }, 'INTERNAL_PORT');
      const worker = programs.start('worker', GATEWAY, env);
      await untilDelivered(databaseUrl, ORDERS);
      skewed.child.kill('SIGKILL');
      const [killed] = await queryOnce<{ at: string }>(databaseUrl, 'select now()::text as at');
      const at = killed?.at ?? 'infinity';
      await untilDelivered(databaseUrl);
      await programs.stop(worker);
      await programs.stop(skewed);
      const beside = await rateBetween(databaseUrl, '-infinity', at);
      const after = await rateBetween(databaseUrl, at, 'infinity');
      return { perSecond: Math.min(beside, after), details: { beside, after, round } };
    },
  };
}

/** How many orders were confirmed in a second, by the ledger. */
async function rateBetween(databaseUrl: string, from: string, to: string): Promise<number> {
  const [row] = await queryOnce<{ rate: number }>(
    databaseUrl,
    `select ((count(*) - 1) / extract(epoch from max(at) - min(at)))::float8 as rate
       from order_events where status = 'confirmed' and at > '${from}' and at <= '${to}'`,
  );
  return row?.rate ?? Number.NaN;
}
