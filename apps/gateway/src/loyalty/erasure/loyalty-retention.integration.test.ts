import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '../../core/logger.js';
import { runTransaction } from '../../storage/transaction.js';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { eraseMember } from './erase-member.js';
import { LoyaltyRetention } from './loyalty-retention.js';

describe('the texts of the programme', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    await database.pool.query(`
      with member as (insert into members (msisdn) values ('79160000001'), ('79160000002') returning id, msisdn)
      insert into cards (number, member_id, barcode, barcode_type)
      select right(msisdn, 1), id, '1', 'CODE_128' from member;
      insert into receipts (card_number, fiscal_drive, document, fiscal_sign, printed_at, sum, raw, at)
      select '1', '9282440300669857', n, '1', now(), 100, '{"n":' || n || '}', now() - n * interval '1 day'
        from generate_series(1, 2500) as n;
      insert into purchases (card_number, bought_at, item, location, amount)
      select '1', now() - n * interval '1 day', 'Товар ' || n, 'Казань', n from generate_series(1, 60) as n;
      insert into promo_codes (code, description, bonus) values ('SPRING', 'Весна', 10);
      insert into bonus_lots (card_number, description, amount, source) values ('1', 'Весна', 10, 'promo-code');
      insert into promo_redemptions (promo_code_id, card_number, turn, lot_id, raw, at)
      select p.id, '1', n, l.id, '{}', now() - n * interval '10 days'
        from promo_codes p, bonus_lots l, generate_series(1, 6) as n`);
  });
  afterAll(() => database.close());

  async function left(): Promise<object | undefined> {
    const { rows } = await database.pool.query<object>(
      `select (select count(*)::int from receipts) as receipts,
              (select count(raw)::int from receipts) as "bodies of receipts",
              (select count(raw)::int from promo_redemptions) as "bodies of codes",
              (select count(item)::int from purchases where location is not null) as items,
              (select sum(amount)::int from purchases) as amounts`,
    );
    return rows[0];
  }
  const sweep = (days: number | undefined): Promise<void> =>
    new LoyaltyRetention(database.pool, days, createLogger('silent')).sweep();
  const ALL = { receipts: 2500, 'bodies of receipts': 2500, 'bodies of codes': 6, items: 60, amounts: 1830 };

  it('stay without LOYALTY_RETENTION_DAYS', async () => {
    await sweep(undefined);
    expect(await left()).toEqual(ALL);
  });

  it('go once they are older than that, while numbers, sums and times stay', async () => {
    await sweep(30);
    const young = await left();
    expect(young).toMatchObject({ receipts: 2500, 'bodies of codes': 2, amounts: 1830 });
    expect(young).toEqual({ ...ALL, 'bodies of receipts': 29, 'bodies of codes': 2, items: expect.any(Number) });
    expect([29, 30]).toContain((young as { items: number }).items);
  });

  it('that were written at the moment of an erasure are erased in the next round', async () => {
    await runTransaction(database.pool, (client) => eraseMember(client, '79160000002'));
    await database.pool.query(
      `insert into purchases (card_number, bought_at, item, amount) values ('2', now(), 'Настойка', 0)`,
    );
    await sweep(undefined);
    const { rows } = await database.pool.query(`select item from purchases where card_number = '2'`);
    expect(rows).toEqual([{ item: null }]);
  });
});
