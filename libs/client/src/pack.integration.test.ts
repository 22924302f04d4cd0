import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

let checkout: string;

/** A checkout in which nothing has been built. */
beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'vestibule-pack-'));
  await mkdir(join(checkout, 'libs'));
  for (const name of ['node_modules', 'scripts']) await symlink(join(ROOT, name), join(checkout, name));
  for (const name of ['package.json', 'tsconfig.base.json']) await cp(join(ROOT, name), join(checkout, name));
  await cp(join(ROOT, 'libs/client'), join(checkout, 'libs/client'), {
    recursive: true,
    filter: (name) => ![`${sep}dist`, `${sep}node_modules`].some((end) => name.endsWith(end)),
  });
});

afterAll(() => rm(checkout, { recursive: true }));

it('npm pack builds the package first, and puts in what is published and nothing else', async () => {
  const { stdout } = await promisify(execFile)('npm', ['pack', './libs/client', '--json', '--dry-run'], {
    cwd: checkout,
    env: { PATH: process.env['PATH'] ?? '', HOME: checkout, VESTIBULE_BUILT: '1' },
  });
  const [packed] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'dist/cjs/index.js', 'dist/esm/index.js', 'dist/esm/index.d.ts']),
  );
  expect(paths.filter((path) => !/^(dist\/|LICENSE$|README\.md$|package\.json$)/.test(path))).toEqual([]);
});

it('has the address of its sources that a release gives it, and is otherwise the same', async () => {
  const { packClient } = (await import(`${ROOT}/scripts/lib/client-package.mjs`)) as {
    packClient: (options: { root: string; folder: string; repository: string }) => Promise<void>;
  };
  process.env['VESTIBULE_BUILT'] = '1';
  const folder = await mkdtemp(join(checkout, 'packed-'));
  await packClient({ root: checkout, folder, repository: 'https://git.example.com/vestibule.git' });
  const [file] = await readdir(folder);
  const tar = (...args: string[]) => promisify(execFile)('tar', [...args], { cwd: folder });
  const { stdout: names } = await tar('-tzf', file ?? '');
  expect(names.split('\n')).toEqual(expect.arrayContaining(['package/LICENSE', 'package/dist/esm/index.js']));
  const { stdout: manifest } = await tar('-xzOf', file ?? '', 'package/package.json');
  expect(JSON.parse(manifest)).toEqual({
    ...JSON.parse(await readFile(join(ROOT, 'libs/client/package.json'), 'utf8')),
    repository: { type: 'git', url: 'https://git.example.com/vestibule.git', directory: 'libs/client' },
  });
});
