import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  CLIENTS,
  fileOf,
  linesOf,
  PLAIN,
  readClients,
  STYLE,
  withoutComment,
  type Client,
} from './testing/registry.js';

/** Runs of each property; a case takes a millisecond. */
const RUNS = 300;

const check = async <T>(values: fc.Arbitrary<T>, property: (value: T) => Promise<void>): Promise<void> => {
  await fc.assert(fc.asyncProperty(values, property), { numRuns: RUNS });
};
/** Of every card that is made, all is as the valid file has it. */
const expectOnlyFrom = (clients: readonly Client[], rows: readonly object[]): void => {
  const valid = clients.map(withoutComment);
  for (const row of rows) expect(valid).toContainEqual(row);
  expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
};

/** Windows-1251 of the Cyrillic letters that the names and notes have. */
const to1251 = (text: string): Buffer =>
  Buffer.from(
    Array.from(text, (letter) => {
      const code = letter.charCodeAt(0);
      return code < 0x80 ? code : code === 0xa0 ? code : code - 0x410 + 0xc0;
    }),
  );
const toUtf16Be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('a file that is written otherwise but says the same', () => {
  it('is read in every style, however its bytes are cut into chunks', async () => {
    await check(
      fc.record({ clients: CLIENTS, style: STYLE, chunk: fc.integer({ min: 1, max: 200 }) }),
      async ({ clients, style, chunk }) => {
        expect(await readClients(fileOf(clients, style), chunk)).toEqual({
          rows: clients.map(withoutComment),
          rejected: [],
          refused: undefined,
        });
      },
    );
  });

  it.each([
    ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 with the high byte first', (text: string) => toUtf16Be(`\ufeff${text}`)],
    ['windows-1251', (text: string) => to1251(text)],
  ])('is read in %s', async (_encoding, encode) => {
    await check(
      fc.record({ clients: CLIENTS, style: STYLE, chunk: fc.integer({ min: 1, max: 200 }) }),
      async ({ clients: given, style, chunk }) => {
        // Words with a capital after small letters distinguish windows-1251 from other encodings.
        const clients = given.map((client) => ({ ...client, comment: client.comment.replaceAll('Я', 'я') }));
        const { rows, refused } = await readClients(encode(fileOf(clients, style)), chunk);
        expect({ rows, refused }).toEqual({ rows: clients.map(withoutComment), refused: undefined });
      },
    );
  });
});

describe('a card is never made of a damaged line', () => {
  /** A file with one damaged line, and the clients of the other lines. */
  const oneDamaged = (damage: fc.Arbitrary<(client: Client) => Client>) =>
    fc.record({ clients: CLIENTS, style: STYLE, at: fc.nat({ max: 7 }), damage }).map((given) => {
      const at = given.at % given.clients.length;
      const clients = given.clients.map((client, place) => (place === at ? given.damage(client) : client));
      return { file: fileOf(clients, given.style), intact: given.clients.filter((_, place) => place !== at) };
    });

  it.each([
    ['in the form of a formula', (number: string) => `="${number}"`],
    ['with an apostrophe in front', (number: string) => `'${number}`],
    ['as a power of ten', () => '2,1E+12'],
    ['with decimals', (number: string) => `${number}.0`],
    ['with separators of thousands', () => '2,100,000,000,123'],
    ['too wide for its cell', () => '########'],
    ['missing, as a word says', () => 'NULL'],
    ['with quotes in it', (number: string) => `21"${number}"`],
    ['with a blank in it', (number: string) => `${number.slice(0, 4)} ${number.slice(4)}`],
    ['with a line break in it', (number: string) => `${number.slice(0, 4)}\n${number.slice(4)}`],
    ['with an invisible character in it', (number: string) => `${number}\u200b`],
    ['with a mark of direction in front', (number: string) => `\u202a${number}`],
    ['that is a word of the API', () => 'getAllUsersExtended'],
    ['that is another word of the API, in another case', () => 'ANONYMOUS'],
    ['that is the name of a total row', () => 'Итого: 8'],
    ['with a character that was lost', (number: string) => `${number}\ufffd`],
  ])('when its number is %s', async (_how, spoil) => {
    await check(
      oneDamaged(fc.constant((client: Client) => ({ ...client, card_number: spoil(client.card_number) }))),
      async ({ file, intact }) => {
        const { rows, rejected, refused } = await readClients(file);
        expect({ rows, rejected: rejected.length, refused }).toEqual({
          rows: intact.map(withoutComment),
          rejected: 1,
          refused: undefined,
        });
      },
    );
  });

  it('when its balance may mean thousands, or its phone has lost or won a digit', async () => {
    const damage = fc.constantFrom<(client: Client) => Client>(
      (client) => ({ ...client, bonus_balance: '1,500' }),
      (client) => ({ ...client, bonus_balance: '12.345.678' }),
      (client) => ({ ...client, phone: client.phone.slice(0, -1) }),
      (client) => ({ ...client, phone: `${client.phone}0` }),
    );
    await check(oneDamaged(damage), async ({ file, intact }) => {
      const { rows, rejected } = await readClients(file);
      expect(rows).toEqual(intact.map(withoutComment));
      expect(rejected).toHaveLength(1);
    });
  });

  it('when the file is cut off in front of its last field, wherever', async () => {
    await check(fc.record({ clients: CLIENTS, style: STYLE, cut: fc.nat() }), async ({ clients, style, cut }) => {
      const bytes = Buffer.from(fileOf(clients, { ...style, emptyRow: undefined }));
      const lastField = bytes.lastIndexOf(';');
      const { rows } = await readClients(bytes.subarray(0, cut % (lastField + 1)));
      // The last line that is there may lack just its line end, and then nothing of it is missing but perhaps digits.
      expectOnlyFrom(clients, rows.slice(0, -1));
      expect(clients.map((client) => client.card_number).slice(0, rows.length)).toEqual(
        rows.map((row) => row.card_number),
      );
    });
  });

  it('when a quote is missing, or one too many: no piece of it', async () => {
    await check(
      fc.record({ clients: CLIENTS, style: STYLE, at: fc.nat(), add: fc.boolean() }),
      async ({ clients, style, at, add }) => {
        const file = fileOf(clients, style);
        const header = file.indexOf('balance') + 'balance'.length + style.lineEnd.length;
        const place = header + (at % (file.length - header));
        const quotes = [...file.matchAll(/"/g)].map(({ index }) => index).filter((index) => index >= header);
        const gone = quotes[at % Math.max(1, quotes.length)];
        const damaged =
          add || gone === undefined
            ? `${file.slice(0, place)}"${file.slice(place)}`
            : file.slice(0, gone) + file.slice(gone + 1);
        const { rows } = await readClients(damaged);
        const numbers = new Map(clients.map((client) => [client.card_number, client]));
        for (const row of rows) {
          // Lines after the note may be lost with it; no fragment of a line becomes a card, and no card gets another's
          // phone.
          expect(numbers.get(row.card_number)).toMatchObject({ phone: row.phone });
        }
      },
    );
  });

  it.each([
    ['begins with a quote', '"2100000000000;79160000000;Вера;";"";+7916";36331\n'],
    ['is the end of a note behind a faulty line', '"2100000000000";"79160000000;"Анна";"\nа;;а";"0"\n'],
    [
      'is the end of a note behind a line that looks complete',
      '2100000000000;79160000000;Ульяна;1Я;\n+7916Я;;\'";36659\n',
    ],
  ])('when it is short and %s: at most the line in front of it', async (_, lines) => {
    const { rows } = await readClients(`card_number;phone;first_name;comment;bonus_balance\n${lines}`);
    expect(rows.filter(({ card_number: number }) => number !== '2100000000000')).toEqual([]);
  });

  it('when bytes of it are no characters', async () => {
    await check(
      fc.record({ clients: CLIENTS, at: fc.nat(), byte: fc.integer({ min: 0xf8, max: 0xff }) }),
      async (given) => {
        const { clients, at, byte } = given;
        const bytes = Buffer.from(fileOf(clients, PLAIN));
        const header = bytes.indexOf(10) + 1;
        bytes[header + (at % (bytes.length - header))] = byte;
        const { rows } = await readClients(bytes);
        // A line end may have been hit: then the two lines are one, which is too long, or ends as the second does.
        expectOnlyFrom(clients, rows);
      },
    );
  });

  it('when the last row has the totals', async () => {
    await check(
      fc.record({
        clients: CLIENTS,
        style: STYLE,
        word: fc.constantFrom('Итого', 'ВСЕГО:', 'Total', 'Grand total', 'Сумма 3'),
      }),
      async ({ clients, style, word }) => {
        const { rows, rejected } = await readClients(`${fileOf(clients, style)}${word};;;;100${style.lineEnd}`);
        expect(rows).toEqual(clients.map(withoutComment));
        expect(rejected).toEqual([
          { line: expect.any(Number), field: 'card_number', reason: 'is the name of a total row' },
        ]);
      },
    );
  });

  it('names the line of a rejection as an editor does, with any notes before it', async () => {
    await check(
      fc.record({ clients: CLIENTS, style: STYLE.map((style) => ({ ...style, emptyRow: undefined })) }),
      async ({ clients, style }) => {
        const { rejected } = await readClients(`${fileOf(clients, style)}anonymous;;;;${style.lineEnd}`);
        const before = linesOf(clients, style).join('\n').split('\n').length + (style.separatorLine ? 1 : 0);
        expect(rejected.map(({ line }) => line)).toEqual([before + 1]);
      },
    );
  });
});
