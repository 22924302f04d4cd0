import { join } from 'node:path';
import { ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { StepError, Steps } from './steps.mjs';

const FOLDER = 'docs/console';
/** Pictures are part of every clone. */
const MOST_BYTES = 6 * 1024 * 1024;

/** Sets everything up and takes pictures of the console, each page in both languages, schemes and sizes. */
export async function consoleShots() {
  await setUp(new Steps(SET_UP_STEPS));
  const { runShots } = await import('../../e2e/dist/console-shots/run-shots.js');
  const say = (line) => process.stdout.write(`${line}\n`);
  const bytes = await runShots(join(ROOT, FOLDER), say);
  say(`${FOLDER}: ${(bytes / 1024 / 1024).toFixed(1)} MB`);
  if (bytes > MOST_BYTES)
    throw new StepError('✗ that is more than 6 MB: lower QUALITY in e2e/src/console-shots/shoot.ts');
}
