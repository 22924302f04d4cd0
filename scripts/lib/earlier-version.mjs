import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { NX_ENV } from './set-up.mjs';
import { StepError } from './steps.mjs';

/** The newest tag before the commit that is checked out. @returns {string | undefined} */
export function findEarlierTag(root) {
  try {
    return git(root, ['describe', '--tags', '--abbrev=0', 'HEAD^']);
  } catch {
    return undefined;
  }
}

/** @returns {string} the commit that a tag, a branch or the beginning of a hash names */
export function resolveCommit(root, ref) {
  try {
    return git(root, ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`]);
  } catch {
    throw new StepError(`${ref} is no commit of this checkout`);
  }
}

/**
 * Builds the gateway of a commit in a clone of its own, below .vestibule, with its own packages; once for each commit.
 *
 * @param {string} root
 * @param {string} commit
 * @returns {Promise<string>} the root of the clone
 */
export async function buildEarlierVersion(root, commit) {
  const clone = join(root, '.vestibule', 'upgrade', commit);
  const built = join(clone, '.vestibule', 'is-built');
  if (existsSync(built)) return clone;
  rmSync(clone, { recursive: true, force: true });
  await run('git', ['clone', '--quiet', '--no-checkout', '--shared', root, clone]);
  await run('git', ['checkout', '--quiet', '--detach', commit], { cwd: clone });
  const { packageManager } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8'));
  const env = { npm_config_loglevel: 'error', CI: 'true' };
  await run('npm', ['exec', '--yes', packageManager, '--', 'install', '--frozen-lockfile'], { cwd: clone, env });
  const nx = join(clone, 'node_modules/nx/dist/bin/nx.js');
  await run(process.execPath, [nx, 'run', '@vestibule/gateway:build'], { cwd: clone, env: NX_ENV });
  mkdirSync(join(clone, '.vestibule'), { recursive: true });
  writeFileSync(built, '');
  return clone;
}

function git(cwd, args) {
  return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
