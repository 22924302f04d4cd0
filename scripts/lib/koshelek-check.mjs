import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { Steps } from './steps.mjs';

/** Sets everything up and runs the conformance kit with unchanged arguments; its exit code is ours. */
export async function koshelekCheck() {
  await setUp(new Steps(SET_UP_STEPS));
  const kit = join(ROOT, 'apps/sandbox/dist/koshelek-check.js');
  const child = spawn(process.execPath, [kit, ...process.argv.slice(2)], {
    // npm runs us at the root; file names are relative to the folder of the caller.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
  });
  process.exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
