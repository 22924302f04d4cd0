import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { IMPORT_KINDS } from '../kinds/index.js';
import { cards, LINES } from '../testing/lines.js';
import { runImport } from '../testing/run-import.js';
import { zip } from '../testing/zip.js';

const fileOf = (name: string, count: number): string => {
  const { header, line } = LINES[name]!;
  return [header, ...Array.from({ length: count }, (_, n) => line(n))].join('\n');
};

describe('an import', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(() => database.close());

  const kindOf = (name: string) => IMPORT_KINDS.get(name)!;
  const offers = (content: string | Buffer) => runImport(database.pool, kindOf('offers'), content);
  const rowsOf = async (table: string): Promise<number> => {
    const { rows } = await database.pool.query<{ count: number }>(`select count(*)::integer as count from ${table}`);
    return rows[0]!.count;
  };

  it.each([...IMPORT_KINDS.keys()])('of %s that was stopped is started again, and doubles nothing', async (name) => {
    await database.pool.query(cards(3500));
    const kind = kindOf(name);
    const table = kind.tables.at(-1)!;
    const before = await rowsOf(table);
    await runImport(database.pool, kind, fileOf(name, 3500), 2000);
    expect(await rowsOf(table)).toBe(before + 2000);
    const { totals } = await runImport(database.pool, kind, fileOf(name, 3500));
    expect(totals).toEqual({ lines: 3500, created: 1500, changed: 0, unchanged: 2000, rejected: 0 });
    expect(await rowsOf(table)).toBe(before + 3500);
  });

  it.each([...IMPORT_KINDS.keys()])('of %s that runs twice at once doubles nothing', async (name) => {
    await database.pool.query(cards(2500));
    const kind = kindOf(name);
    const table = kind.tables.at(-1)!;
    const before = await rowsOf(table);
    const reports = await Promise.all([1, 2].map(() => runImport(database.pool, kind, fileOf(name, 2500))));
    for (const { totals } of reports) expect(totals).toMatchObject({ lines: 2500, rejected: 0 });
    expect(await rowsOf(table)).toBe(before + 2500);
  });

  it('takes one of several lines that name the same thing, however far apart, and reports the others', async () => {
    const lines = Array.from({ length: 2500 }, (_, n) => `offer-${n};Скидка`);
    const { totals, rejected } = await offers(['id;title', 'offer-0;Первая', 'offer-0;Вторая', ...lines].join('\n'));
    const repeated = { field: 'id', reason: 'is already in an earlier line' };
    expect(rejected).toEqual([
      { line: 3, ...repeated },
      { line: 4, ...repeated },
    ]);
    expect(totals).toEqual({ lines: 2502, created: 2500, changed: 0, unchanged: 0, rejected: 2 });
    const { rows } = await database.pool.query("select title from offers where id = 'offer-0'");
    expect(rows).toEqual([{ title: 'Первая' }]);
  });

  it('takes columns in any order and any case, and says which ones mean nothing', async () => {
    const { totals, ignored } = await offers('\ufeffcolour;TITLE;Id;\nred;Скидка;o-1;\n');
    expect(ignored).toEqual(['colour']);
    expect(totals).toMatchObject({ created: 1, rejected: 0 });
  });

  it('reports a line with more fields than columns, for a stray separator has moved them', async () => {
    const { rejected, totals } = await offers('id;title\no-1;Чай; кофе\no-2;Чай;;\n');
    expect(rejected).toEqual([
      { line: 2, field: '', reason: 'the line has more fields than the first line has columns' },
    ]);
    expect(totals).toMatchObject({ created: 1, rejected: 1 });
  });

  it.each([
    ['a column is missing', 'id;name\n1;2', 'names no column title'],
    ['it has a column twice', 'id;title;Title\n1;2;3', 'names a column twice'],
    ['it is empty', '', 'is empty'],
    ['the zip file is cut off', zip('id;title\n'.repeat(500)).subarray(0, 45), 'is damaged, or cut off'],
  ])('explains what is wrong with a file when %s', async (_why, content, message) => {
    await expect(offers(content)).rejects.toThrow(message);
  });

  it('leaves the connections as they were: the next import begins with nothing', async () => {
    for (let turn = 1; turn <= 10; turn += 1) await offers('id;title\no-1;Чай');
    await expect(offers('id;title\no-1;Чай\no-2;Чай')).resolves.toMatchObject({ totals: { created: 1, unchanged: 1 } });
  });
});
