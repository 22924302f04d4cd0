import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

/**
 * Packs the client of a checkout into a folder. Where its sources are published is not known to them: who releases says it,
 * and the package has it as `repository`.
 *
 * @param {{ root: string, folder: string, repository?: string }} options
 */
export async function packClient({ root, folder, repository }) {
  const pack = (from, to, ...options) =>
    run('npm', ['pack', from, '--pack-destination', to, ...options], { cwd: root });
  if (repository === undefined) return await pack('./libs/client', folder);
  const stage = mkdtempSync(join(tmpdir(), 'vestibule-client-'));
  try {
    await pack('./libs/client', stage);
    await run('tar', ['-xzf', readdirSync(stage).find((name) => name.endsWith('.tgz'))], { cwd: stage });
    const file = join(stage, 'package', 'package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    const named = { ...manifest, repository: { type: 'git', url: repository, directory: 'libs/client' } };
    writeFileSync(file, `${JSON.stringify(named, undefined, 2)}\n`);
    // What is packed was built a moment ago.
    await pack(join(stage, 'package'), folder, '--ignore-scripts');
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
