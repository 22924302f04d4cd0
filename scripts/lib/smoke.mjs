import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';
import { ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { StepError, Steps } from './steps.mjs';

/** Of each major version, the one that is tried; all come as the npm package `node`. */
const VERSIONS = { node22: '22.23.3', node24: '24.21.0' };
/** The demo with both its curl lines and an order that is confirmed; orders with the queue on Redis and on PostgreSQL. */
const SMOKE = ['resilience/start.e2e', 'orders/orders.e2e'];
const UNIT_SUITES = ['apps', 'libs']
  .flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`))
  .filter((name) => existsSync(join(ROOT, name, 'jest.config.mjs')));

/** Runs the smoke suites and every unit suite of what is built here on another Node. @param {keyof typeof VERSIONS} major */
export function smoke(major) {
  return async () => {
    const steps = new Steps(SET_UP_STEPS + 1);
    await setUp(steps);
    const node = await steps.run(`install Node ${VERSIONS[major]}`, () => installNode(VERSIONS[major]));
    const failed = [];
    for (const [project, patterns] of [['e2e', SMOKE], ...UNIT_SUITES.map((name) => [name, ['unit.test']])]) {
      await runSuites(node, project, patterns).catch(() => failed.push(project));
    }
    if (failed.length > 0)
      throw new StepError(`on Node ${VERSIONS[major]} suites failed in ${failed.join(', ')}; see above`);
    process.stdout.write(`✓ the smoke and unit suites pass on Node ${VERSIONS[major]}\n`);
  };
}

/** @returns {Promise<string>} the folder of the program `node` */
async function installNode(version) {
  const home = join(ROOT, '.vestibule', `node-${version}`);
  const bin = join(home, 'node_modules/node/bin');
  if (!existsSync(join(bin, 'node'))) {
    await run('npm', ['install', '--prefix', home, '--no-save', '--no-audit', '--no-fund', `node@${version}`]);
  }
  return bin;
}

async function runSuites(bin, project, patterns) {
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const config = ['--config', join(ROOT, project, 'jest.config.mjs'), '--passWithNoTests'];
  // npm, which the suites start too, takes the first node of the path.
  const env = { PATH: `${bin}${delimiter}${process.env.PATH}`, VESTIBULE_BUILT: '1' };
  await run(join(bin, 'node'), [...flags, jest, ...config, ...patterns], { cwd: join(ROOT, project), env, show: true });
}
