import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CardProgramConfig } from '../../../config/config.js';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { reserveCardNumbers } from '../../card-program/postgres/card-numbers.js';
import { issueCard, issueReservedCard } from '../../card-program/postgres/issue.js';
import { runImport } from '../testing/run-import.js';
import { clients } from './clients.js';
import { numbers } from './numbers.js';

const CONFIG: CardProgramConfig = {
  blockedCards: 'refuse',
  ambiguousSearch: 'refuse',
  cardNumberSource: 'pool',
  generatedNumber: { prefix: 'K', length: 8, barcodeType: 'CODE_128' },
  reservationHoldSecs: 3600,
};
const HEADER = 'number;barcode;barcode_type;kind';

describe('the import of card numbers', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(() => database.close());

  const run = (...lines: string[]) => runImport(database.pool, numbers, [HEADER, ...lines].join('\n'));
  const reserve = async (count: number): Promise<string[]> => {
    const wanted = Array.from({ length: count }, () => 'one number' as const);
    const outcomes = await reserveCardNumbers(database.pool, wanted, CONFIG);
    return outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.value.cardNumber] : []));
  };

  it('fills a pool that is assigned in the order of the file, except for numbers that Кошелёк assigns itself', async () => {
    await run('B;;CODE_128;', '0002;4006381333931;EAN_13;POOL', 'A;;code_128;agreed', '40063812;;CODE_128;pool');
    expect(await reserve(5)).toEqual(['B', '0002', '40063812']);
    expect(await issueReservedCard(database.pool, 'A', { phone: '79160000001' })).toMatchObject({ kind: 'done' });
    expect((await database.pool.query("select barcode from card_numbers where number = '0002'")).rows).toEqual([
      { barcode: '4006381333931' },
    ]);
  });

  it('refuses a barcode that its type does not have, a wrong check digit above all', async () => {
    const { rejected } = await run(
      '4006381333930;;EAN_13;',
      'X;4006381333932;EAN_13;',
      '40063811;;EAN_8;',
      'Ж;;CODE_128;',
      'Y;;EAN_99;',
      'Z;;;',
      'W;;CODE_128;mine',
    );
    const reason = 'is no barcode of its type: its length, its characters or its check digit';
    expect(rejected).toEqual([
      { line: 2, field: 'number', reason },
      { line: 3, field: 'barcode', reason },
      { line: 4, field: 'number', reason },
      { line: 5, field: 'number', reason },
      { line: 6, field: 'barcode_type', reason: 'is none of EAN_8, EAN_13, CODE_128, UPC_A, QR_CODE' },
      { line: 7, field: 'barcode_type', reason: 'is missing' },
      { line: 8, field: 'kind', reason: 'is none of pool, agreed' },
    ]);
  });

  it('refuses the number of a card, and to change a number that is in use', async () => {
    await runImport(database.pool, clients, 'card_number;phone\nCARD;79160000001');
    expect((await run('CARD;;CODE_128;', 'ONE;;CODE_128;', 'TWO;;CODE_128;')).rejected).toEqual([
      { line: 2, field: 'number', reason: 'is the number of a card' },
    ]);
    expect(await reserve(1)).toEqual(['ONE']);
    // Sent again as it was, it is known; the free one can still be corrected.
    expect((await run('ONE;;CODE_128;', 'TWO;4006381333931;EAN_13;')).totals).toMatchObject({
      changed: 1,
      unchanged: 1,
    });
    expect((await run('ONE;;CODE_128;agreed')).rejected).toEqual([
      { line: 2, field: 'number', reason: 'is in use and cannot be changed' },
    ]);
    expect((await database.pool.query("select barcode from card_numbers where number = 'TWO'")).rows).toEqual([
      { barcode: '4006381333931' },
    ]);
  });

  it('takes a number out of the pool when a client is imported with it as the card', async () => {
    await run('ONE;;CODE_128;', 'TWO;;CODE_128;');
    await runImport(database.pool, clients, 'card_number;phone\nONE;79160000001');
    expect(await reserve(2)).toEqual(['TWO']);
    const { rows } = await database.pool.query('select number from card_numbers where issued_at is null');
    expect(rows).toEqual([{ number: 'TWO' }]);
  });

  it('never assigns a number that a card has, while cards and numbers are imported and issued at once', async () => {
    const all = Array.from({ length: 3000 }, (_, n) => `N${n}`);
    // Every third number is a card already, somewhere; both files arrive while cards are issued and reserved.
    const registry = all
      .filter((_, n) => n % 3 === 0)
      .map((number, n) => `${number};7916${String(n).padStart(7, '0')}`);
    const handedOut: string[] = [];
    const issueMany = async (from: number): Promise<void> => {
      for (let n = from; n < from + 150; n += 1) {
        const outcome = await issueCard(database.pool, { phone: `7917${String(n).padStart(7, '0')}` }, CONFIG);
        if (outcome.kind === 'done') handedOut.push(outcome.value.cardNumber);
      }
    };
    const [numbersReport, clientsReport] = await Promise.all([
      run(...all.map((number) => `${number};;CODE_128;`)),
      runImport(database.pool, clients, ['card_number;phone', ...registry].join('\n')),
      issueMany(0),
      issueMany(1000),
    ]);
    expect(numbersReport.totals).toMatchObject({ lines: 3000 });
    expect(clientsReport.totals).toMatchObject({ lines: 1000 });
    const free = await reserve(3000);
    handedOut.push(...free);
    expect(new Set(handedOut).size).toBe(handedOut.length);
    const { rowCount } = await database.pool.query('select from cards where number = any($1)', [free]);
    expect(rowCount).toBe(0);
    // Each number is a card or was assigned just now: none was lost.
    const { rows } = await database.pool.query<{ number: string }>('select number from cards');
    expect(new Set([...rows.map(({ number }) => number), ...free]).size).toBe(3000);
  });
});
