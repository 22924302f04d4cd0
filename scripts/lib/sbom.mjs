import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies, pnpm, ROOT } from './set-up.mjs';
import { Steps, UsageError } from './steps.mjs';

const USAGE = 'usage: npm run sbom [-- --out FILE]';
/** Packages of the operators' page that its build puts into what is served. */
const BUNDLED = ['preact'];

/** Writes what a running gateway consists of, by the lock file, as CycloneDX. */
export async function sbom() {
  const file = readArguments();
  await new Steps(1).run('install dependencies', installDependencies);
  const bom = await readBom();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(bom, undefined, 2)}\n`);
  process.stdout.write(`${bom.components.length} packages are in ${file}; docs/licences.md has their licences\n`);
}

/** The bill of materials of the gateway: its own dependencies, and what is bundled into its pages. */
export async function readBom() {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-sbom-'));
  const read = async (name, which) => {
    const file = join(folder, `${name}.json`);
    const format = ['--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--out', file];
    await pnpm(['--filter', `@vestibule/${name}`, 'sbom', which, ...format]);
    return JSON.parse(readFileSync(file, 'utf8'));
  };
  try {
    const bom = await read('gateway', '--prod');
    const pages = await read('console', '--dev');
    const bundled = pages.components.filter(({ name }) => BUNDLED.includes(name));
    return { ...bom, components: [...bom.components, ...bundled] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readArguments() {
  try {
    const { values } = parseArgs({ options: { out: { type: 'string' } } });
    return values.out === undefined ? join(ROOT, '.vestibule', 'sbom.cdx.json') : resolve(values.out);
  } catch (error) {
    throw new UsageError(`${error.message}\n${USAGE}`);
  }
}
