import { existsSync } from 'node:fs';
import { LOYALTY_METHODS } from '@vestibule/koshelek-contract';
import { describe, expect, it } from '@jest/globals';
import { OPERATOR_EVENTS } from '../operator-events/catalogue/catalogue.js';
import { PUBLIC_EVENTS } from '../orders/public-events.js';
import { codeBlocks, DOCUMENTS, FILES, inlineCode, read, ROOT } from './testing/documents.js';

const SOURCES = FILES.filter(
  (name) => /\.(tsx?|mjs|ya?ml|sh|conf|example)$|Dockerfile$/.test(name) && existsSync(ROOT + name),
);
/** Every word of the sources that could be the name of a setting or a metric. */
const WORDS = new Set(
  SOURCES.flatMap((name) => read(name).match(/\b[A-Z][A-Z\d]*(?:_[A-Z\d]+)+\b|\bvestibule_[a-z_]+\b/g) ?? []),
);
const EVENTS = new Set<string>([...Object.keys(OPERATOR_EVENTS), ...PUBLIC_EVENTS]);
/** Not metrics. */
const DATABASES = ['vestibule_old', 'vestibule_staging'];
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Of each document, what it names and does not exist. */
const faults = (find: (text: string) => readonly string[]): string[] =>
  DOCUMENTS.flatMap((name) => [...new Set(find(read(name)))].map((fault) => `${name}: ${fault}`));

/** Paths without what differs from call to call: parameters, ids, the query. */
const shapeOf = (path: string): string => path.replace(/[?#].*$/, '').replaceAll(/\{[^}]*\}/g, '{}');

function documentedPaths(): Set<string> {
  const documents = FILES.filter((name) => /^docs\/.*\.openapi\.json$/.test(name));
  const paths = documents.flatMap((name) => Object.keys((JSON.parse(read(name)) as { paths: object }).paths));
  return new Set([...paths, ...LOYALTY_METHODS.map(({ path }) => `/v1${path}`)].map(shapeOf));
}

describe('the documents', () => {
  it('name no setting and no metric that no program reads or gives', () => {
    const unknown = (text: string): string[] =>
      [...inlineCode(text), ...codeBlocks(text, ['sh', 'ini', 'console'])]
        .flatMap(
          (code) => code.match(/(?<![\w$./*-])(?:[A-Z][A-Z\d]*(?:_[A-Z\d]+)+|vestibule_[a-z_]+[a-z])(?![\w*…])/g) ?? [],
        )
        .filter(
          (name) =>
            !WORDS.has(name) &&
            !DATABASES.includes(name) &&
            !WORDS.has(name.replace(/_FILE$/, '')) &&
            !WORDS.has(name.replace(/_(bucket|sum|count)$/, '')),
        );
    expect(faults(unknown)).toEqual([]);
  });

  it('name no event that does not exist', () => {
    const subjects = new Set([...EVENTS].map((event) => event.split('.')[0]));
    const unknown = (text: string): string[] =>
      inlineCode(text).filter((code) => {
        const [, subject] = /^([a-z]+)\.[a-z]+(?:-[a-z]+)*$/.exec(code) ?? [];
        return (
          subject !== undefined &&
          subjects.has(subject) &&
          !/\.(ts|js|mjs|md|csv|json|conf|yaml)$/.test(code) &&
          !EVENTS.has(code)
        );
      });
    expect(faults(unknown)).toEqual([]);
  });

  it('name no call of our listeners that no document of an API has', () => {
    const paths = documentedPaths();
    const unknown = (text: string): string[] =>
      [...text.matchAll(/`(?:GET|POST|PUT|DELETE) (\/[^\s`]+)`/g)]
        .map(([, path]) => shapeOf(path ?? ''))
        .filter(
          (path) => /^\/(admin|orders|callbacks|catalog|v1)\b/.test(path) && !path.includes('…') && !paths.has(path),
        );
    expect(faults(unknown)).toEqual([]);
  });

  it('name no npm command that does not exist', () => {
    const unknown = (text: string): string[] =>
      [...text.matchAll(/npm run (?:--silent )?([a-z](?:[\w:-]*\w)?)/g)]
        .map(([, name]) => name ?? '')
        .filter((name) => !(name in scripts));
    expect(faults(unknown)).toEqual([]);
  });
});
