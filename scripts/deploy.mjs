// Puts a built program and the packages it needs into an empty folder, for an image or a server: no sources, tests, types or
// source maps, and no packages that only the build or the demo needs.
// Usage: node scripts/deploy.mjs PACKAGE FOLDER [COMMIT]
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pnpm } from './lib/set-up.mjs';

/** What no program reads while it runs, the tests of a package included; licences stay. */
const NOT_RUN = /\.(map|[cm]?ts|md)$|\.test\.[cm]?js$/;
const LICENSE = /^(licen[cs]e|notice|copying)/i;

const [name, folder, commit] = process.argv.slice(2);
if (name === undefined || folder === undefined) {
  console.error('usage: node scripts/deploy.mjs PACKAGE FOLDER [COMMIT]');
  process.exit(2);
}
const options = ['--legacy', '--prod', '--no-optional', '--prefer-offline'];
await pnpm(['--filter', name, 'deploy', ...options, resolve(folder)]);
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && NOT_RUN.test(entry.name) && !LICENSE.test(entry.name)) {
    rmSync(join(entry.parentPath, entry.name));
  }
}
if (commit) {
  const manifest = join(folder, 'package.json');
  // As npm writes it into what it publishes; the program shows it.
  const content = { ...JSON.parse(readFileSync(manifest, 'utf8')), gitHead: commit };
  writeFileSync(manifest, `${JSON.stringify(content, null, 2)}\n`);
}
