import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';
import { StepError } from './steps.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const INSTALLED = join(ROOT, 'node_modules', '.vestibule-installed');

/** Nx asks nothing, sends nothing and leaves nothing running. */
export const NX_ENV = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', FORCE_COLOR: '0' };

/** How many steps `setUp` runs. */
export const SET_UP_STEPS = 2;

/**
 * Brings a checkout to the point where everything can run: the package manager, the dependencies, the build. Finished
 * steps are skipped.
 *
 * @param {import('./steps.mjs').Steps} steps
 */
export async function setUp(steps) {
  checkWritable();
  await steps.run('install dependencies', installDependencies);
  await steps.run('build', async () => {
    if (!isSetUp()) await nx(['run-many', '-t', 'build', '--output-style=static']);
  });
}

/** Runs Nx of this workspace. @param {readonly string[]} args @param {{ show?: boolean }} [options] */
export async function nx(args, options = {}) {
  await run(process.execPath, [join(ROOT, 'node_modules/nx/dist/bin/nx.js'), ...args], {
    cwd: ROOT,
    env: NX_ENV,
    ...options,
  });
}

/** Runs the package manager of this workspace, in its version. @param {readonly string[]} args @param {{ onLine?: (line: string) => void }} [options] */
export async function pnpm(args, options = {}) {
  const { packageManager } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  await run(npm[0], [...npm.slice(1), 'exec', '--yes', packageManager, '--', ...args], {
    cwd: ROOT,
    env: { npm_config_loglevel: 'error', CI: 'true' },
    ...options,
  });
}

/**
 * Whether a test that calls us has seen to both: Nx takes the build away while it puts a kept one back, and other suites run
 * on it meanwhile.
 */
function isSetUp() {
  return Boolean(process.env.VESTIBULE_BUILT);
}

function checkWritable() {
  try {
    accessSync(ROOT, constants.W_OK);
  } catch {
    throw new StepError(`no permission to write to ${ROOT}; give it to this user, or clone into a folder of your own`);
  }
}

/**
 * Installs what the lock file names, unless that has been done.
 *
 * @param {(text: string) => void} note is called with the progress
 */
export async function installDependencies(note) {
  if (isSetUp()) return;
  const wanted = fingerprint();
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return;
  await pnpm(['install', '--frozen-lockfile', '--reporter=append-only'], {
    onLine: (line) => line.startsWith('Progress: ') && note(line.slice('Progress: '.length)),
  });
  writeFileSync(INSTALLED, wanted);
}

/** Changes whenever another install could have another result. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}\n`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}
