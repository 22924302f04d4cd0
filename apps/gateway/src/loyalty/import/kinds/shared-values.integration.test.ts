import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { runImport, type ImportReport } from '../testing/run-import.js';
import { IMPORT_KINDS } from './index.js';

const PHONE = "is the phone of another card's holder";
const BARCODE = 'is the barcode of another card or number';

describe('what no two cards may have in common', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => database.pool.query('truncate members, cards, card_numbers cascade'));

  const run = (kind: string, ...lines: string[]): Promise<ImportReport> =>
    runImport(database.pool, IMPORT_KINDS.get(kind)!, lines.join('\n'));
  const clients = (...lines: string[]): Promise<ImportReport> => run('clients', 'card_number;phone;email', ...lines);
  const holders = async (): Promise<string[]> => {
    const { rows } = await database.pool.query<{ holder: string }>(
      `select concat_ws(' ', c.number, c.holder_msisdn, m.email) as holder
         from cards c join members m on m.id = c.member_id order by c.number`,
    );
    return rows.map(({ holder }) => holder);
  };

  it('moves from card to card within a file, in cycles and chains, and the search finds it at once', async () => {
    await clients('A;79160000001;a@example.com', 'B;79160000002;b@example.com', 'C;79160000003;');
    const { rejected, totals } = await clients(
      'A;79160000002;b@example.com',
      'B;79160000003;a@example.com',
      'C;79160000004;',
      'D;79160000001;',
    );
    expect(rejected).toEqual([]);
    expect(totals).toMatchObject({ created: 1, changed: 3 });
    expect(await holders()).toEqual([
      'A 79160000002 b@example.com',
      'B 79160000003 a@example.com',
      'C 79160000004',
      'D 79160000001',
    ]);
  });

  it('stays with its card when the line that was to give it up is rejected', async () => {
    await clients('A;79160000001;', 'B;79160000002;', 'C;79160000003;');
    // B would get the phone of C, who keeps it; so A does not get the phone of B.
    const { rejected, totals } = await clients('A;79160000002;', 'B;79160000003;');
    expect(rejected.map(({ line, reason }) => ({ line, reason }))).toEqual([
      { line: 2, reason: PHONE },
      { line: 3, reason: PHONE },
    ]);
    expect(totals).toMatchObject({ changed: 0, rejected: 2 });
    expect(await holders()).toEqual(['A 79160000001', 'B 79160000002', 'C 79160000003']);
  });

  it('is also a barcode, of cards and of pool numbers, in any order of the files', async () => {
    await run('clients', 'card_number;barcode', 'A;4006381333931', '5901234123457;');
    await run('numbers', 'number;barcode;barcode_type', 'N;96385074;EAN_8');
    const { rejected } = await run(
      'clients',
      'card_number;barcode',
      'B;4006381333931',
      'C;5901234123457',
      'D;96385074',
    );
    expect(rejected).toEqual([2, 3, 4].map((line) => ({ line, field: 'barcode', reason: BARCODE })));
    const numbers = await run(
      'numbers',
      'number;barcode;barcode_type',
      'O;4006381333931;EAN_13',
      'P;96385074;EAN_8',
      'Q;Q-1;CODE_128',
      'R;Q-1;CODE_128',
      'N;96385074;EAN_8',
    );
    expect(numbers.rejected).toEqual([2, 3, 5].map((line) => ({ line, field: 'barcode', reason: BARCODE })));
    // A card that is imported with its own pool number keeps the barcode of that number.
    expect((await run('clients', 'card_number;barcode', 'N;96385074')).rejected).toEqual([]);
  });
});
