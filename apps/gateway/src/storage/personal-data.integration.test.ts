import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';

/** The tables that docs/personal-data.md says something of: rows of four cells, the first of them a name. */
async function describedTables(): Promise<string[]> {
  const path = fileURLToPath(new URL('../../../../docs/personal-data.md', import.meta.url));
  const page = await readFile(path, 'utf8');
  const rows = [...page.slice(page.indexOf('## The tables')).matchAll(/^\| `(\w+)`((?: *\|[^|\n]+){3}) *\|$/gm)];
  for (const [, table, cells] of rows) {
    for (const cell of cells?.split('|').slice(1) ?? []) expect([table, cell.trim()]).not.toEqual([table, '']);
  }
  return rows.map(([, table]) => table ?? '');
}

describe('docs/personal-data.md', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it('says of every table of the database what is kept of a person, why, and how long, and names no other', async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' order by table_name`,
    );
    expect((await describedTables()).sort()).toEqual(rows.map(({ name }) => name).sort());
  });
});
