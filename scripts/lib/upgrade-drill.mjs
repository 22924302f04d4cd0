import { parseArgs } from 'node:util';
import { findPostgresPrograms } from '../../e2e/servers/postgres-programs.mjs';
import { hasRedisServer } from '../../e2e/servers/redis-server.mjs';
import { buildEarlierVersion, findEarlierTag, resolveCommit } from './earlier-version.mjs';
import { ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { StepError, Steps, UsageError } from './steps.mjs';

const USAGE = 'usage: npm run upgrade-drill [-- --from REF --orders N]';

/** Upgrades a company under load from an earlier version to this one, and rolls back, by the steps of docs/upgrading.md. */
export async function upgradeDrill() {
  const { ref, orders } = readArguments();
  if (findPostgresPrograms() === undefined) {
    throw new StepError('PostgreSQL with pg_dump is not on this machine: install postgresql, or set TEST_POSTGRES_BIN');
  }
  if (!(await hasRedisServer())) throw new StepError('redis-server is not on this machine: install it');
  const commit = resolveCommit(ROOT, ref);
  const steps = new Steps(SET_UP_STEPS + 1);
  await setUp(steps);
  const root = await steps.run(`build ${ref}`, () => buildEarlierVersion(ROOT, commit));
  const { runUpgrade } = await import('../../e2e/dist/resilience/upgrade/run-upgrade.js');
  const say = (line) => process.stdout.write(`${line}\n`);
  const { faults, refusal, accepted } = await runUpgrade({
    older: { name: ref, root },
    newer: { name: 'this checkout', root: ROOT },
    orders,
    say,
  });
  for (const [version, count] of accepted) say(`${count} orders were accepted by ${version}`);
  for (const fault of faults) say(`✗ ${fault}`);
  if (faults.length > 0) throw new StepError(`${faults.length} faults`);
  say(
    `✓ both versions answered, each order was bought once; ${ref} ${
      refusal === undefined
        ? 'works again on the newer schema'
        : 'refuses the newer schema: there is no way back but a restore'
    }`,
  );
}

function readArguments() {
  let values;
  try {
    ({ values } = parseArgs({ options: { from: { type: 'string' }, orders: { type: 'string', default: '40' } } }));
  } catch (error) {
    throw new UsageError(`${error.message}\n${USAGE}`);
  }
  const { from: ref = findEarlierTag(ROOT), orders } = values;
  if (ref === undefined) throw new UsageError(`no earlier version is tagged: say which one, --from REF\n${USAGE}`);
  if (!/^[1-9]\d{0,4}$/.test(orders)) throw new UsageError(`--orders is "${orders}"; allowed: a number\n${USAGE}`);
  return { ref, orders: Number(orders) };
}
