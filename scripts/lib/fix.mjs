import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { Steps } from './steps.mjs';

/** Fixes lint first, then the format. Remaining faults are shown and must be fixed by hand. */
export async function fix() {
  const steps = new Steps(SET_UP_STEPS + 2);
  await setUp(steps);
  const program = (path) => join(ROOT, 'node_modules', path);
  const inRoot = (path, ...args) => run(process.execPath, [program(path), ...args], { cwd: ROOT });
  try {
    await steps.run('lint --fix', () =>
      inRoot('oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--fix', ...sourceFolders()),
    );
  } finally {
    // A fault that needs a person must not prevent formatting.
    await steps.run('format', () => inRoot('prettier/bin/prettier.cjs', '--write', '--log-level=warn', '.'));
  }
}

/** The folders that the lint of `npm run check` looks at: `src` of each project. */
function sourceFolders() {
  const projects = ['apps', 'libs'].flatMap((group) =>
    readdirSync(join(ROOT, group)).map((name) => `${group}/${name}`),
  );
  return [...projects, 'bench', 'e2e']
    .map((project) => `${project}/src`)
    .filter((path) => existsSync(join(ROOT, path)));
}
