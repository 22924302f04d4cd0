import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { IMPORT_KINDS } from './kinds/index.js';
import type { Rejection } from './pipeline/rejection.js';
import { runImport, type ImportReport } from './testing/run-import.js';

const FILES = new URL('./testing/files/', import.meta.url);
const read = (file: string): Buffer => readFileSync(new URL(file, FILES));

/** The two clients that several of the files bring. */
const TIMUR_AND_ULYANA = [
  { number: '2100000001217', phone: '79160001091', name: 'Тимур' },
  { number: '2100000001224', phone: '79160001092', name: expect.stringMatching(/^Ul|^Уль/) },
];

describe('a file from a spreadsheet or a till', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => database.pool.query('truncate members, cards, offers, promo_codes cascade'));

  const send = (kind: string, content: string | Buffer): Promise<ImportReport> =>
    runImport(database.pool, IMPORT_KINDS.get(kind)!, content);
  const sendFile = (kind: string, file: string): Promise<ImportReport> => send(kind, read(file));
  const cards = async (): Promise<unknown[]> => {
    const { rows } = await database.pool.query<object>(
      `select c.number, m.msisdn as phone, m.first_name as name
         from cards c join members m on m.id = c.member_id order by c.number`,
    );
    return rows;
  };

  it.each([
    ['lines end with CR alone, as on old Macs', 'clients-cr-only.csv'],
    ['the first line names the separator, for Excel', 'clients-sep-line.csv'],
    ['it is UTF-16, as "Unicode text"', 'clients-utf16.csv'],
    ['it is windows-1251, as "CSV" of a Russian Excel', 'clients-cp1251.csv'],
  ])('is read when %s', async (_how, file) => {
    const { rejected } = await sendFile('clients', file);
    expect(rejected).toEqual([]);
    expect(await cards()).toEqual(TIMUR_AND_ULYANA);
  });

  it('is read when a note in quotes has a line break in it, and nothing is made of the rest of the note', async () => {
    expect((await sendFile('clients', 'clients-quoted-newline.csv')).rejected).toEqual([]);
    expect(await cards()).toEqual([
      { number: '2100000001019', phone: '79160001001', name: 'Анна' },
      { number: '2100000001026', phone: '79160001002', name: 'Борис' },
    ]);
  });

  it.each([
    ['the quotes have blanks around them', 'offers-spaces-around-quotes.csv', ['Чай; 100 г', 'Кофе; 1 кг', 'Мёд']],
    ['lines end with CR CR LF', 'offers-cr-cr-lf.csv', ['Чай; мёд', 'Кофе']],
  ])('gives its titles when %s', async (_how, file, titles) => {
    expect((await sendFile('offers', file)).rejected).toEqual([]);
    const { rows } = await database.pool.query<{ title: string }>('select title from offers order by id');
    expect(rows.map(({ title }) => title)).toEqual(titles);
  });

  const card = (line: number, reason: string): Rejection => ({ line, field: 'card_number', reason });
  it.each<[string, string, readonly Rejection[], number]>([
    [
      'numbers that a spreadsheet has marked or spoilt',
      'clients-spreadsheet-marks.csv',
      [
        card(2, 'is a spreadsheet formula; export the value of the cell'),
        card(3, 'is a spreadsheet formula; export the value of the cell'),
        card(4, 'begins with an apostrophe, the mark of a spreadsheet for text; export without it'),
        card(5, 'is written as a power of ten: its last digits are lost'),
        card(6, 'is written as a decimal number'),
        { line: 7, field: 'barcode', reason: 'is written as a decimal number' },
      ],
      0,
    ],
    ['a row of totals', 'clients-total-row.csv', [card(3, 'is the name of a total row')], 1],
    [
      'words of the API',
      'clients-fixed-words.csv',
      [2, 3].map((line) => card(line, 'is a reserved word of the loyalty API')),
      0,
    ],
    [
      'sums that may mean thousands',
      'clients-thousands.csv',
      [
        ...[2, 3].map((line) => ({
          line,
          field: 'bonus_balance',
          reason: 'may mean thousands or a fraction; write thousands without a separator',
        })),
        ...[4, 5, 6].map((line) => ({ line, field: 'bonus_balance', reason: 'is no number of bonuses' })),
      ],
      0,
    ],
    [
      'a last line that is cut off',
      'clients-cut-off.csv',
      [{ line: 3, field: '', reason: 'the file ends within this line, which is too short: it may be cut off' }],
      1,
    ],
    [
      'a barcode that another card has',
      'clients-same-barcode.csv',
      [{ line: 3, field: 'barcode', reason: 'is the barcode of another card or number' }],
      1,
    ],
    [
      'days that are not yet, or too long ago',
      'clients-birthdays.csv',
      [
        { line: 2, field: 'date', reason: 'is before 1900, or in the future' },
        { line: 3, field: 'birthday', reason: 'is before 1900, or in the future' },
        { line: 4, field: 'birthday', reason: 'is before 1900, or in the future' },
      ],
      0,
    ],
    [
      'the same e-mail address in Unicode and in Punycode',
      'clients-idn.csv',
      [{ line: 3, field: 'email', reason: "is the e-mail of another card's holder" }],
      1,
    ],
  ])('has its good lines taken, and %s rejected with the reason', async (_what, file, rejections, taken) => {
    const { rejected, totals } = await sendFile('clients', file);
    expect(rejected).toEqual(rejections);
    expect(totals).toMatchObject({ created: taken, rejected: rejections.length });
    expect(await cards()).toHaveLength(taken);
  });

  it('never brings a phone or an e-mail address with an invisible character, or a number that no phone has', async () => {
    for (const file of ['clients-copied-phones.csv', 'clients-impossible-phones.csv', 'clients-mail-marks.csv']) {
      await sendFile('clients', file);
    }
    const { rows } = await database.pool.query<{ number: string; msisdn: string | null; email: string | null }>(
      `select c.number, m.msisdn, m.email from cards c join members m on m.id = c.member_id order by c.number`,
    );
    expect(rows).toEqual([
      ...['1', '2', '3', '4', '5', '6', '7'].map((n) => ({
        number: `CP-${n}`,
        msisdn: `7916000050${n}`,
        email: null,
      })),
      { number: 'EM-1', msisdn: null, email: 'olga@example.com' },
      { number: 'PH-1', msisdn: '79160000401', email: null },
      { number: 'PH-2', msisdn: '79160000402', email: null },
      { number: 'PH-8', msisdn: '74950000408', email: null },
    ]);
  });

  it('exchanges the phones of two cards', async () => {
    await sendFile('clients', 'clients-swap-1.csv');
    const { totals } = await sendFile('clients', 'clients-swap-2.csv');
    expect(totals).toMatchObject({ changed: 2, rejected: 0 });
    expect(await cards()).toEqual([
      { number: 'SW-1', phone: '79162000002', name: null },
      { number: 'SW-2', phone: '79162000001', name: null },
    ]);
  });

  it('imports promo codes that are found in any Unicode form of their letters', async () => {
    await send('promo-codes', Buffer.from(read('promo-codes-nfd.csv').toString().normalize('NFD')));
    expect((await sendFile('promo-codes', 'promo-codes-nfd.csv')).totals).toMatchObject({ created: 0, unchanged: 1 });
    const { rows } = await database.pool.query('select code from promo_codes');
    expect(rows).toEqual([{ code: 'ЙОЛКА'.normalize('NFC') }]);
  });

  it('leaves rows of separators out, as it does empty lines', async () => {
    const { totals } = await send('clients', 'card_number;phone;email\nA;79160000001;\n;;\n\n ; ;\n;;\n');
    expect(totals).toEqual({ lines: 1, created: 1, changed: 0, unchanged: 0, rejected: 0 });
  });

  it.each([
    ['the finder has put a folder in front', 'zip-finder-folder.zip'],
    ['the Finder has put its own notes in front', 'zip-macosx-first.zip'],
    ['Python has stored it without packing', 'zip-python-default-stored.zip'],
  ])('is read out of a zip file when %s', async (_how, file) => {
    expect((await sendFile('clients', file)).rejected).toEqual([]);
    expect(await cards()).toEqual([expect.objectContaining({ phone: expect.stringMatching(/^7916/) })]);
  });

  it.each([
    ['its checksum is wrong', 'zip-bad-crc.zip', 'the zip file is damaged, or cut off'],
    ['it is encrypted', 'zip-encrypted-flag.zip', 'the zip file is encrypted'],
  ])('brings nothing out of a zip file when %s, and says so', async (_why, file, message) => {
    await expect(sendFile('clients', file)).rejects.toThrow(message);
    expect(await cards()).toEqual([]);
  });
});
