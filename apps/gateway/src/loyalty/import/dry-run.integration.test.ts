import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { IMPORT_KINDS } from './kinds/index.js';
import { cards, LINES } from './testing/lines.js';
import { runImport, type ImportReport } from './testing/run-import.js';

/** More than two batches. */
const COUNT = 2_200;

describe('a dry run', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    await database.pool.query(cards(COUNT));
  });
  afterAll(() => database.close());

  const run = (kind: string, lines: readonly string[], dryRun: boolean): Promise<ImportReport> =>
    runImport(database.pool, IMPORT_KINDS.get(kind)!, lines.join('\n'), undefined, { dryRun });
  /** Everything that the tables of a kind hold. */
  const contents = async (kind: string): Promise<unknown[]> => {
    const tables = [...IMPORT_KINDS.get(kind)!.tables, 'card_numbers'];
    return await Promise.all(
      tables.map(async (table) => {
        const { rows } = await database.pool.query<{ rows: string }>(
          `select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as rows from ${table} t`,
        );
        return rows[0];
      }),
    );
  };

  it.each([...IMPORT_KINDS.keys()])('of %s says what the import then says, and writes nothing', async (kind) => {
    const { header, line } = LINES[kind]!;
    const lines = Array.from({ length: COUNT }, (_, n) => line(n));
    // The first half is known then; a line is repeated across batches, and one is damaged.
    await run(kind, [header, ...lines.slice(0, COUNT / 2)], false);
    const file = [header, ...lines, lines[3] ?? '', 'x\u0000;\u0000;\u0000'];
    const before = await contents(kind);
    const rehearsed = await run(kind, file, true);
    expect(await contents(kind)).toEqual(before);
    expect(rehearsed.totals).toMatchObject({ created: COUNT / 2, unchanged: COUNT / 2, rejected: 2 });
    expect(await run(kind, file, false)).toEqual(rehearsed);
    expect(await contents(kind)).not.toEqual(before);
  });

  it('knows what earlier lines of the file have taken, in other batches too', async () => {
    const filling = Array.from({ length: COUNT }, (_, n) => `FILL-${n};FILL-${n};;`);
    const file = [
      'card_number;barcode;phone;email',
      'ONE;5901234123457;79250000001;one@example.com',
      ...filling,
      'TWO;;79250000001;',
      'THREE;;;One@Example.com',
      'FOUR;5901234123457;;',
      '5901234123457;;;',
    ];
    const { rejected, reasons, totals } = await run('clients', file, true);
    expect(rejected).toEqual([
      { line: COUNT + 3, field: 'phone', reason: "is the phone of another card's holder" },
      { line: COUNT + 4, field: 'email', reason: "is the e-mail of another card's holder" },
      { line: COUNT + 5, field: 'barcode', reason: 'is the barcode of another card or number' },
      { line: COUNT + 6, field: 'card_number', reason: 'is the barcode of another card or number' },
    ]);
    expect(reasons.map(({ lines }) => lines)).toEqual([1, 1, 1, 1]);
    expect(await run('clients', file, false)).toEqual({ rejected, reasons, totals, ignored: [] });
  });
});
