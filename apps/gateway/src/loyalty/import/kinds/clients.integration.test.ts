import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { zip } from '../testing/zip.js';
import { runImport } from '../testing/run-import.js';
import { clients as kind } from './clients.js';

const HEADER =
  'card_number;barcode;date;first_name;last_name;patronymic_name;phone;email;sex;birthday;bonus_balance;discount';
const ANNA =
  '0001;4006381333931;20240105;Анна;"Иванова; мл.";Петровна;+7 916 000-00-01;Anna@Example.com;f;19900412;150,50;5';
const BORIS = '0002;;;Борис;;;89160000002;;m;;0;';

describe('the import of clients', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => database.pool.query('truncate members, cards cascade'));

  const run = (content: string | Buffer, stopAfter?: number) => runImport(database.pool, kind, content, stopAfter);
  const clients = async (): Promise<Record<string, unknown>[]> => {
    const { rows } = await database.pool.query<Record<string, unknown>>(
      `select c.number, c.barcode, c.barcode_type, c.created_at::date::text as issued, m.msisdn, m.email, m.first_name,
              m.surname, m.sex, m.birth_date::text, l.amount::text
         from cards c join members m on m.id = c.member_id left join bonus_lots l on l.card_number = c.number
        order by c.number`,
    );
    return rows;
  };

  const ANNA_KEPT = {
    number: '0001',
    barcode: '4006381333931',
    barcode_type: 'EAN_13',
    issued: '2024-01-05',
    msisdn: '79160000001',
    email: 'anna@example.com',
    first_name: 'Анна',
    surname: 'Иванова; мл.',
    sex: 'f',
    birth_date: '1990-04-12',
    amount: '150.50',
  };

  it.each([
    ['as it is', (text: string) => text],
    ['with a byte order mark and Windows line ends', (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`],
    ['zipped', zip],
  ])('takes the registry %s', async (_how, wrap) => {
    const { totals, rejected } = await run(wrap(`${HEADER}\n${ANNA}\n\n${BORIS}`));
    expect(rejected).toEqual([]);
    expect(totals).toEqual({ lines: 2, created: 2, changed: 0, unchanged: 0, rejected: 0 });
    expect(await clients()).toMatchObject([
      ANNA_KEPT,
      { number: '0002', barcode: '0002', barcode_type: 'CODE_128', msisdn: '79160000002', amount: null },
    ]);
  });

  it('doubles nothing when it runs again, and applies changes', async () => {
    await run(`${HEADER}\n${ANNA}\n${BORIS}`);
    const { totals } = await run(`${HEADER}\n${ANNA.replace('150,50', '90')}\n${BORIS}`);
    expect(totals).toEqual({ lines: 2, created: 0, changed: 1, unchanged: 1, rejected: 0 });
    expect(await clients()).toMatchObject([{ ...ANNA_KEPT, amount: '90' }, { number: '0002' }]);
  });

  it('reports each line it cannot take, with the field and the reason, and takes the others', async () => {
    const { totals, rejected } = await run(
      Buffer.concat([
        Buffer.from(
          [
            HEADER,
            ANNA,
            ';;;;;;79160000003;;;;;',
            '0003;;;;;;123;;;;;',
            '0004;;;;;;;no-address;;;;',
            '0005;;;;;;;;x;;;',
            '0006;;;;;;;;;19900230;;',
            '0007;;;;;;;;;;-5;',
            '0008;"open"ed;;;;;;;;;;',
            '0001;;;;;;79160000009;;;;;',
            '0009;;;;;;79160000001;;;;;',
            '0010;;;;;;;ANNA@example.com;;;;',
            '0011;;;',
          ].join('\n'),
        ),
        Buffer.from([0xff, 0x0a]),
        Buffer.from(BORIS),
      ]),
    );
    expect(rejected).toEqual([
      { line: 3, field: 'card_number', reason: 'is missing' },
      { line: 4, field: 'phone', reason: 'is no phone number: it has 7 to 15 digits, and no zero in front' },
      { line: 5, field: 'email', reason: 'is no e-mail address' },
      { line: 6, field: 'sex', reason: 'is neither m nor f' },
      { line: 7, field: 'birthday', reason: 'is no date (YYYYMMDD)' },
      { line: 8, field: 'bonus_balance', reason: 'is no number of bonuses' },
      { line: 9, field: '', reason: 'has text after a closing quote; double a quote inside a quoted field' },
      { line: 10, field: 'card_number', reason: 'is already in an earlier line' },
      { line: 11, field: 'phone', reason: "is the phone of another card's holder" },
      { line: 12, field: 'email', reason: "is the e-mail of another card's holder" },
      { line: 13, field: '', reason: 'the line is not UTF-8, or characters were lost before it was sent' },
    ]);
    expect(totals).toEqual({ lines: 13, created: 2, changed: 0, unchanged: 0, rejected: 11 });
  });

  it('takes thousands of lines, and finishes what an import that was stopped has begun', async () => {
    const lines = Array.from({ length: 3500 }, (_, n) => `N${n};;;;;;7917${String(n).padStart(7, '0')};;;;10;`);
    const file = `${HEADER}\n${lines.join('\n')}`;
    await run(file, 2000);
    const { totals } = await run(file);
    expect(totals).toEqual({ lines: 3500, created: 1500, changed: 0, unchanged: 2000, rejected: 0 });
    const { rows } = await database.pool.query('select count(*)::integer, sum(amount)::integer from bonus_lots');
    expect(rows).toEqual([{ count: 3500, sum: 35_000 }]);
  });

  it('explains why a file is not a registry', async () => {
    await expect(run('')).rejects.toThrow('the file is empty');
    await expect(run('name,phone\n')).rejects.toThrow('names no column card_number');
  });
});
