import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { Steps } from './steps.mjs';

/**
 * Sets everything up and runs a built program with the words behind the npm command; its exit code is ours.
 *
 * @param {string} program below the root
 * @param {string} cwd where it runs
 */
export async function runBuilt(program, cwd) {
  await setUp(new Steps(SET_UP_STEPS));
  const child = spawn(process.execPath, [join(ROOT, program), ...process.argv.slice(2)], { cwd, stdio: 'inherit' });
  process.exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
