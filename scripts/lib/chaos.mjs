import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgresPrograms } from '../../e2e/servers/postgres-programs.mjs';
import { hasRedisServer } from '../../e2e/servers/redis-server.mjs';
import { ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { StepError, Steps, UsageError } from './steps.mjs';

const USAGE =
  'usage: npm run chaos [-- --orders N --seed S --queue redis|postgres --restore|--failover --pooler|--transaction-pooler]';
/** As many orders a second are posted as leave time for the kills between them. */
const ORDERS_PER_SECOND = 40;
const ORDERS_PER_ROUND = 400;

/** Sets everything up, posts orders while everything is being killed, and reports whether anything was lost or doubled. */
export async function chaos() {
  const { orders, seed, queue, rewind, pooler } = readArguments();
  if (queue === 'redis' && !(await hasRedisServer())) {
    throw new StepError('redis-server is not on this machine; install it, or use --queue postgres');
  }
  if (rewind !== undefined && findPostgresPrograms() === undefined) {
    throw new StepError(
      `--${rewind} needs a PostgreSQL with pg_dump and pg_basebackup: install postgresql, or name its folder in TEST_POSTGRES_BIN`,
    );
  }
  await setUp(new Steps(SET_UP_STEPS));
  const { runChaos } = await import('../../e2e/dist/resilience/chaos/run-chaos.js');
  const { formatSummary } = await import('../../e2e/dist/resilience/chaos/summary.js');
  const say = (line) => process.stdout.write(`${line}\n`);
  const logFolder = join(ROOT, '.vestibule', 'chaos');
  rmSync(logFolder, { recursive: true, force: true });
  mkdirSync(logFolder, { recursive: true });
  say(`chaos with ${orders} orders, seed ${seed}, queue on ${queue}${rewind === undefined ? '' : `, ${rewind}`}`);
  const { faults, summary } = await runOrSayWhy(runChaos, {
    orders,
    seed,
    queue,
    spanMs: (orders / ORDERS_PER_SECOND) * 1000,
    rounds: Math.max(3, Math.round(orders / ORDERS_PER_ROUND)),
    timeoutMs: 4_000,
    settleLimitMs: 180_000,
    pooler,
    logFolder,
    say,
    ...(rewind === undefined ? {} : { rewind }),
  });
  say(`\n${formatSummary(summary)}\n`);
  for (const fault of faults) say(`✗ ${fault}`);
  if (faults.length > 0)
    throw new StepError(`${faults.length} faults; --seed ${seed} repeats the same kills; the logs are in ${logFolder}`);
  say('✓ nothing was lost, nothing was executed twice, and every unknown order has its reason');
}

/** A run that aborts has a verdict too: what it was doing failed, and nothing is known of the orders. */
async function runOrSayWhy(runChaos, options) {
  try {
    return await runChaos(options);
  } catch (error) {
    throw new StepError(
      `✗ no verdict: the run broke off (${error.message}); --seed ${options.seed} deals the same kills again; ` +
        `the logs are in ${options.logFolder}`,
    );
  }
}

function readArguments() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        orders: { type: 'string' },
        seed: { type: 'string' },
        queue: { type: 'string' },
        restore: { type: 'boolean' },
        failover: { type: 'boolean' },
        pooler: { type: 'boolean' },
        'transaction-pooler': { type: 'boolean' },
      },
    }));
  } catch (error) {
    throw new UsageError(`${error.message}\n${USAGE}`);
  }
  const { orders = '2000', seed = String(Date.now() % 100_000), queue = 'postgres' } = values;
  if (!/^[1-9]\d{0,6}$/.test(orders)) throw new UsageError(`--orders is "${orders}"; allowed: a number\n${USAGE}`);
  if (!/^\d{1,9}$/.test(seed)) throw new UsageError(`--seed is "${seed}"; allowed: a number\n${USAGE}`);
  if (!['redis', 'postgres'].includes(queue)) throw new UsageError(`--queue is "${queue}"\n${USAGE}`);
  if (values.restore && values.failover) throw new UsageError(`--restore or --failover, one for a run\n${USAGE}`);
  const rewind = values.restore ? 'restore' : values.failover ? 'failover' : undefined;
  const pooler = values['transaction-pooler'] ? 'transaction' : values.pooler ? 'session' : undefined;
  return { orders: Number(orders), seed: Number(seed), queue, rewind, pooler };
}
