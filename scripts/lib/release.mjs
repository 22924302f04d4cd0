import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packClient } from './client-package.mjs';
import { archiveImageContext } from './image-context.mjs';
import { readBom } from './sbom.mjs';
import { installDependencies, ROOT } from './set-up.mjs';
import { StepError, Steps, UsageError } from './steps.mjs';

const USAGE = 'usage: npm run release [-- --dry-run --repository URL --node-image IMAGE@sha256:DIGEST]';
/** As npm takes it from `repository`. */
const REPOSITORY = /^(?:git\+)?(?:https|ssh):\/\/[^\s@]+(?:@[^\s@]+)?$/;
const PINNED = /^[a-z0-9][\w./:-]*@sha256:[0-9a-f]{64}$/;
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** Makes everything that a release consists of, from the commit that is checked out; without `--dry-run` it also tags it. */
export async function release() {
  const { isDryRun, repository, nodeImage } = readArguments();
  const version = readVersion();
  const folder = join(ROOT, '.vestibule', 'release', version);
  const steps = new Steps(6);
  await steps.run('install dependencies', installDependencies);
  const notes = await steps.run(`check that ${version} can be released`, () => check(version, isDryRun));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'NOTES'), notes);
  await steps.run('image context', () => {
    const prefix = `vestibule-${version}`;
    archiveImageContext({ root: ROOT, file: join(folder, `${prefix}.tar.gz`), prefix, nodeImage });
  });
  await steps.run('client package', () => packClient({ root: ROOT, folder, repository }));
  await steps.run('software bill of materials', async () =>
    writeFileSync(join(folder, `vestibule-${version}.cdx.json`), `${JSON.stringify(await readBom(), undefined, 2)}\n`),
  );
  await steps.run('checksums', () => writeFileSync(join(folder, 'SHA256SUMS'), checksums(folder)));
  if (!isDryRun) git('tag', '--annotate', `v${version}`, '--message', `Vestibule ${version}`);
  process.stdout.write(
    `\n${folder}\n${readdirSync(folder).join('\n')}\n\n` +
      (isDryRun
        ? 'A dry run: nothing was tagged, and nothing has left this machine.\n'
        : `v${version} is tagged here. Push the tag, and upload what is in the folder.\n`),
  );
}

function readArguments() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        'dry-run': { type: 'boolean', default: false },
        repository: { type: 'string' },
        'node-image': { type: 'string' },
      },
    }));
  } catch (error) {
    throw new UsageError(`${error.message}\n${USAGE}`);
  }
  const { 'dry-run': isDryRun, repository, 'node-image': nodeImage } = values;
  if (repository !== undefined && !REPOSITORY.test(repository)) {
    throw new UsageError(`--repository is "${repository}"; allowed: an address with https:// or ssh://\n${USAGE}`);
  }
  if (nodeImage !== undefined && !PINNED.test(nodeImage)) {
    throw new UsageError(`--node-image is "${nodeImage}"; allowed: an image by its digest, NAME@sha256:…\n${USAGE}`);
  }
  return { isDryRun, repository, nodeImage };
}

/** All packages of the workspace have one version. */
function readVersion() {
  const manifests = ['package.json', ...git('ls-files', 'apps/*/package.json', 'libs/*/package.json').split('\n')];
  const versions = new Map(manifests.map((name) => [JSON.parse(readFileSync(join(ROOT, name), 'utf8')).version, name]));
  const [[version], other] = [...versions];
  if (other !== undefined) throw new StepError(`${other[1]} has the version ${other[0]}, others have ${version}`);
  if (!VERSION.test(version)) throw new StepError(`the version ${version} is not semantic`);
  return version;
}

/** @returns what CHANGELOG.md says of this version; in a dry run, of what is unreleased if it says nothing yet */
function check(version, isDryRun) {
  if (git('tag', '--list', `v${version}`) !== '') throw new StepError(`v${version} is tagged: raise the version first`);
  const notes = sectionOf(version) ?? (isDryRun ? sectionOf('Unreleased') : undefined);
  if (notes === undefined) throw new StepError(`CHANGELOG.md has no section ${version}`);
  if (!isDryRun && git('status', '--porcelain') !== '') throw new StepError('there are changes that are not committed');
  return notes;
}

function sectionOf(title) {
  const sections = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').split(/^## /m);
  const section = sections.find((text) => text.split('\n')[0].startsWith(title));
  return section && `## ${section.trim()}\n`;
}

/** In the form that `sha256sum --check` reads. */
function checksums(folder) {
  return readdirSync(folder)
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}  ${name}\n`,
    )
    .join('');
}

function git(...args) {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
}
