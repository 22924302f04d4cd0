import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { searchStatement } from './search.js';

describe('the phone beside a card', () => {
  let database: TestDatabase;
  let last = 0;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  async function makeMember(msisdn: string | null): Promise<string> {
    const { rows } = await database.pool.query<{ id: string }>(
      'insert into members (msisdn) values ($1) returning id',
      [msisdn],
    );
    return rows[0]?.id ?? '';
  }
  const CARD = `insert into cards (number, member_id, barcode, barcode_type) values ($1, $2, $1, 'CODE_128')`;
  const RENAME = 'update members set msisdn = $2 where id = $1';
  const number = (): string => String((last += 1));
  const phone = (): string => `7999${String((last += 1)).padStart(7, '0')}`;
  async function foundBy(msisdn: string): Promise<string[]> {
    const { rows } = await database.pool.query<{ number: string }>(searchStatement([{ msisdn }]));
    return rows.map((row) => row.number);
  }

  it('follows the phone of its holder: given, changed, taken away, and taken over by another', async () => {
    const [first, second, old] = [phone(), phone(), number()];
    const member = await makeMember(null);
    await database.pool.query(CARD, [old, member]);
    await database.pool.query(RENAME, [member, first]);
    expect(await foundBy(first)).toEqual([old]);
    await database.pool.query(RENAME, [member, second]);
    expect([await foundBy(first), await foundBy(second)]).toEqual([[], [old]]);
    await database.pool.query(RENAME, [member, null]);
    const other = number();
    await database.pool.query(CARD, [other, await makeMember(second)]);
    expect(await foundBy(second)).toEqual([other]);
  });

  it('cannot be written directly', async () => {
    const [own, card] = [phone(), number()];
    await database.pool.query(CARD, [card, await makeMember(own)]);
    await database.pool.query('update cards set holder_msisdn = $2 where number = $1', [card, phone()]);
    expect(await foundBy(own)).toEqual([card]);
  });

  it.each(['the card', 'the phone'])(
    'is the new one when a card is made while the phone changes, and %s is first',
    async (first) => {
      const [before, after, card] = [phone(), phone(), number()];
      const member = await makeMember(before);
      const steps = [
        { text: CARD, values: [card, member] },
        { text: RENAME, values: [member, after] },
      ];
      if (first === 'the phone') steps.reverse();
      const clients = await Promise.all([database.pool.connect(), database.pool.connect()]);
      const [one, two] = clients;
      for (const client of clients) await client.query('begin');
      await one.query(steps[0]!);
      const waiting = two.query(steps[1]!).then(() => two.query('commit'));
      await one.query('commit');
      await waiting;
      for (const client of clients) client.release();
      expect([await foundBy(before), await foundBy(after)]).toEqual([[], [card]]);
    },
  );
});
