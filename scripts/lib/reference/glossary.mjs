import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../set-up.mjs';

/** What docs/glossary.md calls a setting or a metric, by its name or by the beginning of it. */
export function readGlossary() {
  const rows = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((text) => text.trim()),
    );
  const terms = rows.flatMap(([en, ru, , names = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => ({ name, en, ru })),
  );
  return (name) =>
    terms.find((term) => term.name === name) ??
    terms
      .filter((term) => term.name.endsWith('*') && name.startsWith(term.name.slice(0, -1)))
      .toSorted((left, right) => right.name.length - left.name.length)[0];
}
