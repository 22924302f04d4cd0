import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { clients } from '../kinds/clients.js';
import { readClients } from '../testing/registry.js';
import { readBatches } from './batches.js';

/** At most so much is read between two yields to other work. */
const TURN_CHARACTERS = 2 * 1024;

describe('the reading of a file', () => {
  it.each([
    ['every line is good', (n: number) => `N${n};7916${String(n).padStart(7, '0')}`],
    ['every line is rejected', (n: number) => `N${n};+789${String(n).padStart(9, '0')}`],
    ['every line is empty', () => ''],
    ['every row is one of separators', () => ';'],
  ])('gives way after every few kilobytes when %s', async (_what, line) => {
    const file = ['card_number;phone', ...Array.from({ length: 20_000 }, (_, n) => line(n))].join('\n');
    let turns = 0;
    const giveWay = (): Promise<void> => {
      turns += 1;
      return Promise.resolve();
    };
    await readClients(file, undefined, giveWay);
    expect(turns).toBeGreaterThanOrEqual(file.length / TURN_CHARACTERS);
  });

  it('accepts a line of 64 KiB and rejects only a longer one, and ends at a quote that swallows lines', async () => {
    const line = (letters: number): string => `N${letters};79160000001;;${'я'.repeat(letters)}`;
    const header = 'card_number;phone;first_name;comment';
    const { rows, rejected } = await readClients([header, line(65_000), line(66_000), line(3), ''].join('\n'));
    expect(rows.map((row) => row.card_number)).toEqual(['N65000', 'N3']);
    expect(rejected).toEqual([{ line: 3, field: '', reason: 'the line is longer than 65536 characters' }]);

    const lines = Array.from({ length: 300 }, (_, n) => `M${n};7916${String(n).padStart(7, '0')};;`);
    const open = await readClients([header, 'A;79160000001;;', 'B;79160000002;;"note', ...lines, ''].join('\n'));
    expect(open.rows.map((row) => row.card_number)).toEqual(['A']);
    expect(open.refused).toContain('in line 3 a quote is opened that is not closed within 100 lines');
  });

  it.each([
    ['its header is refused', 'name\nAnna\n', 1],
    ['a quote is not closed', 'card_number;phone\nA;"\n', 2],
    ['its reader leaves', 'card_number;phone\nA;\n', 1],
    ['it is read to its end', 'card_number;phone\nA;\n', 2],
  ])('closes the file when %s', async (_when, file, turns) => {
    let [opened, closed] = [0, 0];
    const source = {
      read: async function* () {
        opened += 1;
        try {
          yield Buffer.from(file);
          await setImmediate();
        } finally {
          closed += 1;
        }
      },
      close: () => undefined,
    };
    const batches = readBatches(clients, source, setImmediate);
    for (let turn = 1; turn <= turns; turn += 1) await batches.next().catch(() => undefined);
    await batches.return(undefined);
    expect({ opened, closed }).toEqual({ opened: 2, closed: 2 });
  });

  it('never repeats the content of a first line that is not a header', async () => {
    const { refused } = await readClients('Иванова Анна,+79160000001\nПетров Борис,+79160000002\n');
    expect(refused).toBe(
      'the first line names no column card_number; columns are separated by ;, but this file has commas',
    );
  });

  it.each([
    ['UTF-16 without a byte order mark', Buffer.from('card_number;phone\n1;2\n', 'utf16le'), 'is UTF-16 without'],
    ['another separator in a line for Excel', 'sep=,\ncard_number,phone\n1,2\n', 'separated otherwise'],
  ])('refuses %s with the reason', async (_what, file, reason) => {
    expect((await readClients(file)).refused).toContain(reason);
  });

  it('takes KOI8-R for no other encoding: its Cyrillic lines are rejected', async () => {
    // "Анна" and "Тимур" in KOI8-R.
    const file = Buffer.concat([
      Buffer.from('card_number;first_name\nA;'),
      Buffer.from([0xe1, 0xce, 0xce, 0xc1]),
      Buffer.from('\nB;'),
      Buffer.from([0xf4, 0xc9, 0xcd, 0xd5, 0xd2]),
      Buffer.from('\nC;Olga\n'),
    ]);
    const { rows, rejected } = await readClients(file);
    expect(rows.map((row) => row.card_number)).toEqual(['C']);
    expect(rejected.map(({ line }) => line)).toEqual([2, 3]);
  });
});
