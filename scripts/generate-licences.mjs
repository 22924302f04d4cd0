// Writes docs/licences.md: each package that a running gateway consists of, by the lock file, with its licence.
// Usage: node scripts/generate-licences.mjs [--check]
import { formatted, keepGenerated } from './lib/generated-file.mjs';
import { readBom } from './lib/sbom.mjs';

const NAME = 'docs/licences.md';
/** Packages that have their licence beside `package.json`, and not in it. */
const BESIDE = { busboy: 'MIT', streamsearch: 'MIT' };
/** What may be part of a program under the MIT licence without any further condition but to be named. */
const ALLOWED = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
];
const MOST_SHOWN = 10;
/** A package that is built for each platform is one. */
const PLATFORM = /\b(?:linux|darwin|win32)-(?:x64|arm64|arm|ia32)\b/;

const { components } = await readBom();
const rows = components
  .filter(({ group }) => group !== '@vestibule')
  .map(({ group, name, version, licenses }) => ({
    name: (group === undefined ? name : `${group}/${name}`).replace(PLATFORM, '*'),
    version,
    licence:
      licenses?.map(({ license, expression }) => expression ?? license.id ?? license.name).join(' ') ?? BESIDE[name],
  }));
const faults = rows
  .filter(({ licence }) => !ALLOWED.includes(licence))
  .map(
    ({ name, version, licence }) =>
      `${name} ${version} has the licence ${licence ?? '(none)'}: allowed are ${ALLOWED.join(', ')}`,
  );
for (const fault of faults.slice(0, MOST_SHOWN)) console.error(fault);

const lines = rows.map(({ name, version, licence }) => `| \`${name}\` | ${version} | ${licence} |`);
const page = `# Licences

What a running gateway consists of beside Node and our own code, by the lock file; a package that is built for each platform
is one. \`node scripts/generate-licences.mjs\` writes this page, \`npm run sbom\` the same as CycloneDX.

| package | version | licence |
| --- | --- | --- |
${[...new Set(lines)].sort().join('\n')}
`;
await keepGenerated(NAME, await formatted(NAME, page, 'markdown'), {
  source: 'the lock file',
  script: 'generate-licences',
});
if (faults.length > 0) process.exitCode = 1;
