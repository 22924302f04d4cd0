// Builds the package twice, for `import` and for `require`, each with its own types.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
// The workspace's compiler: the one in this package is there for openapi-typescript only.
const root = createRequire(new URL('../../package.json', import.meta.url));
const tsc = join(dirname(root.resolve('typescript/package.json')), 'bin/tsc');

rmSync(join(here, 'dist'), { recursive: true, force: true });
for (const [kind, type] of [
  ['esm', 'module'],
  ['cjs', 'commonjs'],
]) {
  execFileSync(process.execPath, [tsc, '-p', join(here, `tsconfig.${kind}.json`)], { stdio: 'inherit' });
  mkdirSync(join(here, 'dist', kind), { recursive: true });
  writeFileSync(join(here, 'dist', kind, 'package.json'), `${JSON.stringify({ type })}\n`);
}
