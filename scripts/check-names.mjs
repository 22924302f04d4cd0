// Checks the language of the code: no exported type of a package has the name of another one there, and no file uses a
// word of the list below, in a name or in a sentence.
// Usage: node scripts/check-names.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Words that would need a dictionary, and the word of the field. Parts of names count: `forgottenKeys`, `isWish`. */
const INSTEAD = {
  told: 'reported, notified, shown',
  telling: 'reporting, showing',
  anew: 'again',
  whoever: 'a person or process that',
  forgets: 'deletes',
  forgetting: 'deleting, erasing',
  forgot: 'deleted',
  forgotten: 'deleted, erased',
  forgettable: 'deletable',
  decider: 'actor',
  wish: 'request',
  wishes: 'requests',
  insist: 'retry',
  insists: 'retries',
  weather: 'conditions, probe delay',
  troupe: 'process group',
  bears: 'has, carries',
  INTERFACE: 'the name of a document in docs/',
};

/** What is released keeps its words: migrations, and decisions as they were written. */
const RELEASED = /\/storage\/migrations\/|^docs\/decisions\/|^scripts\/check-names\.mjs$/;
const WORD = new RegExp(
  // A whole word, a part of a name in camel case, or one in upper case.
  Object.keys(INSTEAD)
    .flatMap((word) => {
      const capital = word[0].toUpperCase() + word.slice(1);
      return [
        `(?<![A-Za-z])${word}(?![a-z])`,
        ...(word === word.toUpperCase() ? [] : [`${capital}(?![a-z])`, `(?<![A-Z])${word.toUpperCase()}(?![A-Z])`]),
      ];
    })
    .join('|'),
  'g',
);
const TYPE = /^export (?:abstract |declare )?(?:interface|type|class|enum) (\w+)/gm;

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((name) => /\.(tsx?|mjs|md|ya?ml|json|example|sql)$/.test(name) && existsSync(join(ROOT, name)))
  .filter((name) => !name.startsWith('pnpm-lock'));
const textOf = new Map(files.map((name) => [name, readFileSync(join(ROOT, name), 'utf8')]));

const faults = [...files.flatMap(wordFaults), ...typeFaults()];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;

function wordFaults(name) {
  if (RELEASED.test(name)) return [];
  return textOf
    .get(name)
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(WORD)].flatMap(([found]) => {
        const word = found in INSTEAD ? found : found.toLowerCase();
        return [`${name}:${index + 1} says "${found}". Say it in the words of the field: ${INSTEAD[word]}.`];
      }),
    );
}

/** A class or type of one name, in two files of a package. */
function typeFaults() {
  const places = new Map();
  for (const name of files) {
    const [, project] = /^((?:apps|libs)\/[\w-]+|e2e|bench)\/src\/.*\.tsx?$/.exec(name) ?? [];
    if (project === undefined) continue;
    for (const type of new Set([...textOf.get(name).matchAll(TYPE)].map(([, type]) => type))) {
      const key = `${project} ${type}`;
      places.set(key, [...(places.get(key) ?? []), name]);
    }
  }
  return [...places]
    .filter(([, names]) => names.length > 1)
    .map(
      ([key, names]) =>
        `The type ${key.split(' ')[1]} is exported by ${names.join(' and ')}. Name one of them by what it is.`,
    );
}
