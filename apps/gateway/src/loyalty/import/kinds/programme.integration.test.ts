import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { cards } from '../testing/lines.js';
import { runImport } from '../testing/run-import.js';
import { IMPORT_KINDS } from './index.js';

describe('the import of', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.pool.query('truncate members, offers, promo_codes, receipt_rules, special_phones cascade');
    await database.pool.query(cards(2));
  });

  const run = (kind: string, ...lines: string[]) => runImport(database.pool, IMPORT_KINDS.get(kind)!, lines.join('\n'));
  const rows = async (text: string): Promise<unknown[]> => (await database.pool.query<object>(text)).rows;

  describe('purchases', () => {
    const HEADER = 'external_id;card_number;date;time;item;amount_rub;quantity;location;bonuses';
    const PURCHASES = `select external_id, card_number, bought_at::text, item, amount::text, quantity::text, location,
                              bonuses::text from purchases order by external_id`;

    it('stores sums to the kopeck and quantities to the gram, and applies a correction', async () => {
      await run(
        'purchases',
        HEADER,
        'a;C0;20260317;19:23;Чай;9999999999999,99;0.125;Тверская;1,5',
        'b;C1;20260318;;;-0.1;-1;;-2',
      );
      const first = {
        external_id: 'a',
        card_number: 'C0',
        bought_at: '2026-03-17 19:23:00',
        item: 'Чай',
        amount: '999999999999999',
        quantity: '0.125',
        location: 'Тверская',
        bonuses: '1.5',
      };
      const second = { external_id: 'b', bought_at: '2026-03-18 00:00:00', item: null, amount: '-10', bonuses: '-2' };
      expect(await rows(PURCHASES)).toMatchObject([first, second]);
      const { totals } = await run('purchases', HEADER, 'b;C0;20260319;00:01:02;Кофе;0.29;;;');
      expect(totals).toEqual({ lines: 1, created: 0, changed: 1, unchanged: 0, rejected: 0 });
      const corrected = { card_number: 'C0', bought_at: '2026-03-19 00:01:02', item: 'Кофе', amount: '29' };
      expect(await rows(PURCHASES)).toMatchObject([first, { ...corrected, quantity: null, bonuses: null }]);
    });

    it('reports each line it cannot take', async () => {
      const { rejected } = await run(
        'purchases',
        HEADER,
        ';C0;20260317;;;1;;;',
        'a;;20260317;;;1;;;',
        'b;C0;20260230;;;1;;;',
        'c;C0;20260317;24:00;;1;;;',
        'd;C0;20260317;;;1.005;;;',
        'e;C0;20260317;;;1;x;;',
        'f;C0;20260317;;;1;;;x',
        'g;C9;20260317;;;1;;;',
        `h;C0;20260317;;${'x'.repeat(501)};1;;;`,
        'i;C0;20260317;;;;;;',
      );
      expect(rejected).toEqual([
        { line: 2, field: 'external_id', reason: 'is missing' },
        { line: 3, field: 'card_number', reason: 'is missing' },
        { line: 4, field: 'date', reason: 'is no date (YYYYMMDD)' },
        { line: 5, field: 'time', reason: 'is no time (HH:MM or HH:MM:SS)' },
        { line: 6, field: 'amount_rub', reason: 'is no sum in roubles with at most two decimals' },
        { line: 7, field: 'quantity', reason: 'is no quantity' },
        { line: 8, field: 'bonuses', reason: 'is no number of bonuses' },
        { line: 9, field: 'card_number', reason: 'is the number of no card' },
        { line: 10, field: 'item', reason: 'is longer than 500 characters, or has a control character in it' },
        { line: 11, field: 'amount_rub', reason: 'is missing' },
      ]);
    });
  });

  describe('bonuses', () => {
    const HEADER = 'external_id;card_number;amount;description;available_from;valid_until';
    const LOTS = `select card_number, amount::text, spent::text, description, available_from::text, valid_until::text
                    from bonus_lots order by external_id`;

    it('keeps lots separate from those of other sources, and spent bonuses stay spent', async () => {
      await run('clients', 'card_number;phone;bonus_balance', 'C0;79170000000;7');
      await run('bonuses', HEADER, 'C0;C0;100.50;;;', 'x;C1;1;За отзыв;20260101;20261231');
      await database.pool.query("update bonus_lots set spent = 40 where source = 'import' and external_id = 'C0'");
      const { totals, rejected } = await run('bonuses', HEADER, 'C0;C0;60;;;', 'x;C1;1;За отзыв;20260101;20270101');
      expect({ totals, rejected }).toMatchObject({ totals: { created: 0, changed: 2 }, rejected: [] });
      expect(await rows(LOTS)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ card_number: 'C0', amount: '7', spent: '0' }),
          expect.objectContaining({ card_number: 'C0', amount: '60', spent: '40', description: 'Бонусы' }),
          expect.objectContaining({ card_number: 'C1', available_from: '2026-01-01', valid_until: '2027-01-01' }),
        ]),
      );
    });

    it('reports each line it cannot take, and changes nothing by it', async () => {
      await run('bonuses', HEADER, 'a;C0;100;;;');
      await database.pool.query('update bonus_lots set spent = 40');
      const { rejected } = await run(
        'bonuses',
        HEADER,
        'a;C1;100;;;',
        'b;C9;1;;;',
        'c;C0;0,0;;;',
        'd;C0;-1;;;',
        'e;C0;1;;20260102;20260101',
      );
      expect(rejected).toEqual([
        { line: 2, field: 'card_number', reason: 'is not the card of these bonuses' },
        { line: 3, field: 'card_number', reason: 'is the number of no card' },
        { line: 4, field: 'amount', reason: 'is no number of bonuses above zero' },
        { line: 5, field: 'amount', reason: 'is no number of bonuses above zero' },
        { line: 6, field: 'valid_until', reason: 'is before available_from' },
      ]);
      expect((await run('bonuses', HEADER, 'a;C0;39.99;;;')).rejected).toEqual([
        { line: 2, field: 'amount', reason: 'is less than has been spent of these bonuses' },
      ]);
      expect(await rows(LOTS)).toMatchObject([{ card_number: 'C0', amount: '100', spent: '40' }]);
    });
  });

  describe('offers', () => {
    const HEADER = 'id;title;description;image_url;url;starts_on;ends_on;for_all';

    it('imports offers for all, offers for some, and their cards', async () => {
      await run('offers', HEADER, 'all;Всем;;;;;;', 'some;Не всем;;;;20260101;20261231;No');
      const { totals } = await run('offer-cards', 'offer_id;card_number', 'some;C1', 'some;C0');
      expect(totals).toMatchObject({ created: 2, rejected: 0 });
      const { rejected } = await run('offer-cards', 'card_number;offer_id', 'C0;none', 'C9;some', 'C1;some');
      expect(rejected).toEqual([
        { line: 2, field: 'offer_id', reason: 'is the id of no offer' },
        { line: 3, field: 'card_number', reason: 'is the number of no card' },
      ]);
      expect(await rows('select offer_id, card_number from offer_cards order by card_number')).toEqual([
        { offer_id: 'some', card_number: 'C0' },
        { offer_id: 'some', card_number: 'C1' },
      ]);
      expect(await rows("select id, for_all, ends_on::text from offers where id <> 'O' order by id")).toEqual([
        { id: 'all', for_all: true, ends_on: null },
        { id: 'some', for_all: false, ends_on: '2026-12-31' },
      ]);
    });

    it('reports each line it cannot take', async () => {
      const { rejected } = await run(
        'offers',
        HEADER,
        'a;;;;;;;',
        'b;T;;file:///etc/passwd;;;;',
        'c;T;;;http://;;;',
        'd;T;;;;20260102;20260101;',
        'e;T;;;;;;maybe',
      );
      expect(rejected).toEqual([
        { line: 2, field: 'title', reason: 'is missing' },
        { line: 3, field: 'image_url', reason: 'is no http(s) address of at most 2000 characters' },
        { line: 4, field: 'url', reason: 'is no http(s) address of at most 2000 characters' },
        { line: 5, field: 'ends_on', reason: 'is before starts_on' },
        { line: 6, field: 'for_all', reason: 'is none of yes, no' },
      ]);
    });
  });

  it("promo codes counts days as the programme's, and a code once in any case", async () => {
    const HEADER = 'code;description;bonus;bonus_days;starts_on;ends_on;max_uses;max_uses_by_card';
    const { rejected } = await run('promo-codes', HEADER, 'Весна;Подарок;10;30;20260301;20260331;5;', 'ВЕСНА;;;;;;;');
    expect(rejected).toEqual([{ line: 3, field: 'description', reason: 'is missing' }]);
    const again = await run('promo-codes', HEADER, 'ВЕСНА;Другой;11;;20260301;20260331;;2', 'весна;Третий;1;;;;;');
    expect(again.rejected).toEqual([{ line: 3, field: 'code', reason: 'is already in an earlier line' }]);
    expect(
      await rows(`select code, description, bonus::text, max_uses, max_uses_by_card,
                         starts_at at time zone 'UTC' as starts, ends_at at time zone 'UTC' as ends from promo_codes`),
    ).toEqual([
      {
        code: 'Весна',
        description: 'Другой',
        bonus: '11',
        max_uses: null,
        max_uses_by_card: 2,
        starts: new Date('2026-02-28T21:00:00'),
        ends: new Date('2026-03-31T21:00:00'),
      },
    ]);
    await database.pool.query('update promo_codes set uses = 4');
    expect((await run('promo-codes', HEADER, 'весна;Другой;11;;20260301;20260331;3;2')).rejected).toEqual([
      { line: 2, field: 'max_uses', reason: 'is less than the code has been used' },
    ]);
  });

  it('receipt rules keeps sums in kopecks and the last day whole, and refuses a rule that gives nothing', async () => {
    const HEADER = 'external_id;description;percent;fixed;minimum_sum_rub;bonus_days;starts_on;ends_on';
    const { rejected } = await run(
      'receipt-rules',
      HEADER,
      'a;Кешбэк;5,5;;3000.50;90;20260301;20260331',
      'b;Ничего;0;0.0;;;;',
      'c;Много;101;;;;;',
    );
    expect(rejected).toEqual([
      { line: 3, field: 'percent', reason: 'is zero, and so is fixed: the rule would give nothing' },
      { line: 4, field: 'percent', reason: 'is no percentage from 0 to 100' },
    ]);
    expect(
      await rows('select percent::text, minimum_sum::text, starts_at::text, ends_at::text from receipt_rules'),
    ).toEqual([
      { percent: '5.5', minimum_sum: '300050', starts_at: '2026-03-01 00:00:00', ends_at: '2026-04-01 00:00:00' },
    ]);
  });

  it('special phones keeps the parameters of a phone in the order of the file', async () => {
    const HEADER = 'phone;name;value';
    const { rejected } = await run(
      'special-phones',
      HEADER,
      '89160000001;b;1',
      '79160000001;a;2',
      '79160000002;;',
      '79160000003;x;',
    );
    expect(rejected).toEqual([{ line: 5, field: 'value', reason: 'is missing' }]);
    const { totals } = await run('special-phones', HEADER, '79160000001;c;3', '79160000001;b;9', '79160000002;;');
    expect(totals).toEqual({ lines: 3, created: 1, changed: 1, unchanged: 1, rejected: 0 });
    expect(
      await rows(`select phone, string_agg(name || value, ' ' order by position) as params
                    from special_phones left join special_phone_params using (phone) group by phone order by phone`),
    ).toEqual([
      { phone: '79160000001', params: 'b9 a2 c3' },
      { phone: '79160000002', params: null },
    ]);
  });
});
