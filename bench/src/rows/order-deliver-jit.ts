import { queryOnce } from '../harness/databases.js';
import { deliverOnce } from './order-deliver.js';
import { VESTIBULE, type Environment, type Measurement, type Row } from './row.js';

const JOBS = 1_500;
const OFF = 'jit off';

/**
 * The same as `order-deliver (postgres)` on a PostgreSQL that compiles statements: in a database with `jit` on, as
 * packages install it, against one with `jit` off. The embedded PostgreSQL has no compiler.
 */
export const orderDeliverJit: Row = {
  name: 'order-deliver (jit)',
  needsRedis: false,
  needsPackagedPostgres: true,
  rivals: [{ name: OFF, goal: 0.9 }],
  rounds: 5,
  prepare,
};

async function prepare(environment: Environment): Promise<Record<string, () => Promise<Measurement>>> {
  const { packagedDatabases: databases, programs } = environment;
  if (databases === undefined) throw new Error('this machine has no PostgreSQL of its own');
  const partner = await programs.serve('partner', 'src/partner.js', {});
  const contestant = async (jit: 'on' | 'off'): Promise<() => Promise<Measurement>> => {
    const databaseUrl = await databases.create(`deliver-jit-${jit}`);
    await queryOnce(databaseUrl, `alter database ${new URL(databaseUrl).pathname.slice(1)} set jit = ${jit}`);
    return () => deliverOnce(environment, { databaseUrl, redisUrl: undefined }, JOBS, partner.port);
  };
  return { [VESTIBULE]: await contestant('on'), [OFF]: await contestant('off') };
}
