import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgresPrograms } from '../../e2e/servers/postgres-programs.mjs';
import { hasRedisServer, startRedis } from '../../e2e/servers/redis-server.mjs';
import { hasFaketime, wrongClock } from '../../e2e/servers/wrong-clock.mjs';
import { ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { StepError, Steps, UsageError } from './steps.mjs';

/** Sets everything up and runs the benchmark: `--only NAME` (may be repeated), `--json FILE`. */
export async function bench() {
  const { only = [], json } = readArguments();
  await setUp(new Steps(SET_UP_STEPS));
  const { ROWS, runBench, selectRows } = await import('../../bench/dist/src/index.js');
  if (selectRows(only) === undefined) {
    throw new UsageError(`--only ${only.join(' --only ')}: the rows are ${ROWS.map(({ name }) => name).join(', ')}`);
  }
  await runBench({
    folder: join(ROOT, '.vestibule', 'bench'),
    only,
    jsonFile: json && resolve(process.env.INIT_CWD ?? '.', json),
    startRedis: (await hasRedisServer()) ? startRedis : undefined,
    startPostgres: findPostgresPrograms() === undefined ? undefined : startPostgres,
    wrongClock: hasFaketime() ? wrongClock : undefined,
    say: (line) => process.stdout.write(`${line}\n`),
  }).catch((error) => {
    throw error.message === 'interrupted' ? new StepError('interrupted; everything is stopped') : error;
  });
}

async function startPostgres() {
  const { requirePrograms } = await import('../../e2e/dist/harness/postgres/programs.js');
  const { createServer } = await import('../../e2e/dist/harness/postgres/server.js');
  return await createServer(requirePrograms());
}

function readArguments() {
  try {
    return parseArgs({ options: { only: { type: 'string', multiple: true }, json: { type: 'string' } } }).values;
  } catch (error) {
    throw new UsageError(`${error.message}\nusage: npm run bench [-- --only NAME] [--json FILE]`);
  }
}
