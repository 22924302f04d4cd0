// Checks that what documents and comments point at exists: links between documents, sections of the contracts, documents
// that any file names, and files that a document names in full, such as `apps/gateway/src/main.ts`.
// Usage: node scripts/check-documents.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CONTRACTS = ['koshelek-loyalty.md', 'troika-business.md'];
/** `koshelek-loyalty.md, "Search"`, also where a comment breaks the line between the two or inside the name. */
const CITATION = /(koshelek-loyalty\.md|troika-business\.md), "([^"]+)"/g;
const LINK = /\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)/g;

/** A path from the root of the repository, in a document. Built files and patterns are not there to be found. */
const PATH = /`((?:apps|libs|e2e|bench|scripts|docs|docker)\/[\w./-]+)`/g;
/** A document that a comment, a message or a setting names in full. */
const DOCUMENT = /(?<![\w./-])docs\/[\w./-]+\.(?:md|json)\b/g;
/** A document that any file names without its folder. */
const DOCUMENT_NAME = /(?<![\w./*-])[\w.-]+\.md\b/g;

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((name) => /\.(ts|tsx|mjs|md|yaml|example)$|Dockerfile$/.test(name) && existsSync(join(ROOT, name)));
const read = (name) => readFileSync(join(ROOT, name), 'utf8');
const headings = (name) => [...read(name).matchAll(/^#{1,6} (.+)$/gm)].map(([, text]) => text.trim());
const sections = new Map(CONTRACTS.map((name) => [name, new Set(headings(`docs/contracts/${name}`))]));
const documents = files.filter((name) => name.endsWith('.md'));
const documentNames = new Set(documents.map((name) => basename(name)));
const faults = [
  ...files.flatMap(citationFaults),
  ...files.flatMap(documentFaults),
  ...files.flatMap(nameFaults),
  ...documents.flatMap(linkFaults),
  ...documents.flatMap(pathFaults),
];

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;

function citationFaults(name) {
  const text = read(name).replaceAll(/\n\s*(\*|\/\/)?\s*/g, ' ');
  return [...text.matchAll(CITATION)]
    .filter(([, contract, section]) => !sections.get(contract).has(section))
    .map(([, contract, section]) => `${name} cites ${contract}, "${section}", but that page has no such section`);
}

function documentFaults(name) {
  return [...read(name).matchAll(DOCUMENT)]
    .filter(([path]) => !existsSync(join(ROOT, path)))
    .map(([path]) => `${name} names ${path}, which does not exist`);
}

function nameFaults(name) {
  return [...read(name).matchAll(DOCUMENT_NAME)]
    .filter(([document]) => !documentNames.has(document))
    .map(([document]) => `${name} names ${document}, which does not exist`);
}

function linkFaults(name) {
  return [...read(name).matchAll(LINK)].flatMap(([, path, anchor]) => {
    const target = path === '' ? name : normalize(join(dirname(name), path));
    if (!existsSync(join(ROOT, target))) return [`${name} links to ${path}, which does not exist`];
    if (anchor === undefined || !target.endsWith('.md')) return [];
    return headings(target).some((heading) => slug(heading) === anchor)
      ? []
      : [`${name} links to ${path}#${anchor}, but that page has no such section`];
  });
}

function pathFaults(name) {
  return [...read(name).matchAll(PATH)]
    .filter(([, path]) => !/(^|\/)dist\//.test(path) && !existsSync(join(ROOT, path)))
    .map(([, path]) => `${name} names ${path}, which does not exist`);
}

/** The anchor that Git hosts make of a heading. */
function slug(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
