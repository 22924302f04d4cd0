import { parseArgs } from 'node:util';
import { hasRedisServer } from '../../e2e/servers/redis-server.mjs';
import { setUp, SET_UP_STEPS } from './set-up.mjs';
import { StepError, Steps, UsageError } from './steps.mjs';

const USAGE = 'usage: npm run drain [-- --orders N --queue redis|postgres]';
const LIMIT_BYTES = 300_000_000;
/** Generous: a queue on PostgreSQL does some hundred jobs a second. */
const SECS_FOR_EACH_ORDER = 0.02;
const LEAST_SECS = 120;

/** Sets everything up, accepts orders while the partner is away, lets it return, and reports how much memory that took. */
export async function drain() {
  const { orders, queues } = readArguments();
  if (queues.includes('redis') && !(await hasRedisServer())) {
    throw new StepError('redis-server is not on this machine; install it, or use --queue postgres');
  }
  await setUp(new Steps(SET_UP_STEPS));
  const { formatDrain, runDrain } = await import('../../e2e/dist/resilience/drain/run-drain.js');
  const say = (line) => process.stdout.write(`${line}\n`);
  const faults = [];
  for (const queue of queues) {
    say(`draining ${orders} orders, queue on ${queue}`);
    const drainLimitMs = Math.max(LEAST_SECS, orders * SECS_FOR_EACH_ORDER) * 1000;
    const options = { orders, queue, limitBytes: LIMIT_BYTES, drainLimitMs, say };
    const result = await runDrain(options);
    say(`\n${formatDrain(result, options)}\n`);
    faults.push(...result.faults.map((fault) => `queue on ${queue}: ${fault}`));
  }
  for (const fault of faults) say(`✗ ${fault}`);
  if (faults.length > 0) throw new StepError(`${faults.length} faults`);
  say('✓ every order was executed once, within the memory allowed');
}

function readArguments() {
  let values;
  try {
    ({ values } = parseArgs({ options: { orders: { type: 'string' }, queue: { type: 'string' } } }));
  } catch (error) {
    throw new UsageError(`${error.message}\n${USAGE}`);
  }
  const { orders = '100000', queue } = values;
  if (!/^[1-9]\d{0,6}$/.test(orders)) throw new UsageError(`--orders is "${orders}"; allowed: a number\n${USAGE}`);
  if (queue !== undefined && !['redis', 'postgres'].includes(queue)) {
    throw new UsageError(`--queue is "${queue}"\n${USAGE}`);
  }
  return { orders: Number(orders), queues: queue === undefined ? ['postgres', 'redis'] : [queue] };
}
