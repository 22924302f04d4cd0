import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasCommand } from '../../jest.shared.mjs';
import { nx, ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { StepError, Steps } from './steps.mjs';

/** Sets everything up, runs every test of every project, and ends with the count. */
export async function test() {
  await setUp(new Steps(SET_UP_STEPS));
  for (const file of resultFiles()) rmSync(file);
  let failure;
  await nx(['run-many', '-t', 'test', '--output-style=stream', '--nx-bail=false'], { show: true }).catch(
    (error) => (failure = error),
  );
  const { passed, failed, onRedis, inBrowser, afterRestore } = count();
  if (onRedis === 0) {
    process.stdout.write(
      '\nThe cases on a Redis queue did not run, because there is no Redis here; the same cases ran on PostgreSQL.\n' +
        'To run them: install redis-server (it need not be running), or set TEST_REDIS_URL to a Redis to use.\n',
    );
  }
  if (inBrowser === 0) {
    process.stdout.write(
      "\nThe operators' page was not tried in a browser, because there is no Chromium here.\n" +
        'To do so: install chromium, or set TEST_CHROMIUM to the program to use.\n',
    );
  }
  if (afterRestore === 0) {
    process.stdout.write(
      '\nRestoring, failing over and copying the database were not tried, because there is no PostgreSQL with all its\n' +
        'programs here (the embedded one has no pg_dump). To do so: install postgresql (it need not be running), or set\n' +
        'TEST_POSTGRES_BIN to the folder of its programs.\n',
    );
  }
  if (!hasCommand('openssl')) {
    process.stdout.write(
      '\nThe comparisons of our signatures with the openssl command did not run, because it is not here.\n' +
        'To run them: install OpenSSL 3.\n',
    );
  }
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  if (failed > 0) process.exitCode = 1;
  else if (failure !== undefined) throw new StepError('a test run broke off; see above');
}

function resultFiles() {
  const below = ['apps', 'libs'].flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(folder, name)));
  return [...below, 'bench', 'e2e']
    .map((folder) => join(ROOT, folder, 'test-results.json'))
    .filter((file) => existsSync(file));
}

/**
 * Adds up what the projects' runs wrote; a suite that could not even be loaded counts as a failed test. `onRedis` is how
 * many cases had their queue on Redis, `inBrowser` how many drove a browser, `afterRestore` how many restored a ledger.
 */
function count() {
  const total = { passed: 0, failed: 0, onRedis: 0, inBrowser: 0, afterRestore: 0 };
  for (const file of resultFiles()) {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    total.passed += result.numPassedTests;
    total.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
    const restoring = result.testResults.filter(({ name }) => /[\\/]resilience[\\/]restore[\\/]/.test(name));
    total.afterRestore += restoring.flatMap(({ assertionResults }) => assertionResults).length;
    const cases = result.testResults.flatMap(({ assertionResults }) => assertionResults);
    total.onRedis += cases.filter(({ fullName }) => fullName.includes('queue on redis')).length;
    total.inBrowser += cases.filter(({ fullName }) => fullName.includes('in a browser')).length;
  }
  return total;
}
