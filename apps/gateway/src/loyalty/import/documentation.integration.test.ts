import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { IMPORT_KIND_NAMES, IMPORT_KINDS } from './kinds/index.js';
import { runImport } from './testing/run-import.js';

const DOCS = new URL('../../../../../docs/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, DOCS), 'utf8');

/** The chapters of docs/import.md that are named for a kind. */
const chapters = new Map(
  read('import.md')
    .split(/^## /m)
    .slice(1)
    .map((chapter) => [/^.*/.exec(chapter)![0], chapter] as const)
    .filter(([title]) => IMPORT_KINDS.has(title)),
);
const documented = [...chapters.keys()];

describe('docs/import.md', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it('has a chapter for every kind of file, in an order in which they can be imported', () => {
    expect(documented).toEqual(IMPORT_KIND_NAMES);
  });

  it.each(IMPORT_KIND_NAMES)('names the columns of %s, which are required, and the key', (name) => {
    const { columns, key } = IMPORT_KINDS.get(name)!;
    const rows = [...chapters.get(name)!.matchAll(/^\| (\*\*)?`(\w+)`(?:\*\*)? +\| (yes)? +\|/gm)];
    expect(rows.map(([, bold, column, yes]) => ({ column, key: bold === '**', required: yes === 'yes' }))).toEqual(
      Object.entries(columns).map(([column, { required = false }]) => ({
        column,
        key: key.includes(column),
        required,
      })),
    );
  });

  it.each(IMPORT_KIND_NAMES)(
    'has an example of %s that is imported without a rejected line, also again',
    async (name) => {
      const example = read(`examples/import/${name}.csv`);
      expect(chapters.get(name)).toContain(`\`\`\`\n${example}\`\`\``);
      const lines = example.trim().split('\n').length - 1;
      const kind = IMPORT_KINDS.get(name)!;
      const columns = example.split('\n')[0]!.split(';');
      expect(columns).toEqual(Object.keys(kind.columns));
      expect(await runImport(database.pool, kind, example)).toEqual({
        totals: { lines, created: lines, changed: 0, unchanged: 0, rejected: 0 },
        rejected: [],
        ignored: [],
        reasons: [],
      });
      expect((await runImport(database.pool, kind, example)).totals).toEqual({
        lines,
        created: 0,
        changed: 0,
        unchanged: lines,
        rejected: 0,
      });
    },
  );
});
