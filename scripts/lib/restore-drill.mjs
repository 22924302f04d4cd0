import { join } from 'node:path';
import { findPostgresPrograms } from '../../e2e/servers/postgres-programs.mjs';
import { run } from './run.mjs';
import { ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { StepError, Steps } from './steps.mjs';

/** The story with and without the journals, and then the same under load, with everything being killed. */
const SUITES = ['restore/restored-dump', 'restore/rewound-chaos'];

/** Dumps, wipes, restores and goes on, by the commands of the runbook; says whether anything was lost or bought twice. */
export async function restoreDrill() {
  if (findPostgresPrograms() === undefined) {
    throw new StepError('PostgreSQL with pg_dump is not on this machine: install postgresql, or set TEST_POSTGRES_BIN');
  }
  await setUp(new Steps(SET_UP_STEPS));
  const jest = [join(ROOT, 'node_modules/jest/bin/jest.js'), '--config', 'jest.config.mjs', '--verbose'];
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  await run(process.execPath, [...flags, ...jest, ...SUITES, '-t', 'restore'], { cwd: join(ROOT, 'e2e'), show: true });
  process.stdout.write('✓ restored by the commands of docs/operations/restore.md; nothing was bought twice\n');
}
