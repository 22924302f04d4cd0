import { beforeAll, describe, expect, it } from '@jest/globals';
import { PROGRAMMES } from '../harness/programmes.js';
import { withGateway } from '../harness/with-gateway.js';

describe.each(PROGRAMMES)('lists in the loyalty API on %s', (programme) => {
  const { database, api } = withGateway({ programme, env: { ROLES: 'loyalty' } });

  beforeAll(async () => {
    await database.pool.query(`
      with member as (
        insert into members (msisdn) values ('79160000001'), ('79160000002'), ('79160000003') returning id, msisdn
      )
      insert into cards (number, member_id, state, barcode, barcode_type)
      select '000' || right(msisdn, 1), id, case msisdn when '79160000003' then 'blocked' else 'active' end, '1',
             'CODE_128' from member`);
  });

  describe('5: purchases', () => {
    beforeAll(async () => {
      await database.pool.query(`
        insert into purchases (card_number, bought_at, item, amount, quantity, location, bonuses) values
          ('0001', '2026-03-18 00:00', 'Сыр', 51900, 0.350, 'Казань', 5),
          ('0001', '2026-03-17 23:59:59', 'Молоко', 8990, 2, 'Казань, ул. Баумана, 1', 0.50),
          ('0001', '2026-03-16 10:00', 'Хлеб', 4500, 1, null, null),
          ('0001', '2026-03-15 23:59', 'Соль', 2500, 1, null, null)`);
    });
    const items = async (query: string): Promise<unknown> =>
      ((await api.get(`/card/0001/purchases?${query}`)).json as { item: string }[]).map(({ item }) => item);

    it('answers a bare array of receipt lines, oldest first, sums in kopecks', async () => {
      const { text } = await api.get('/card/0001/purchases?startDate=2026-03-16&endDate=2026-03-17');
      expect(text).toBe(
        '[{"date":"2026-03-16","item":"Хлеб","amount":"4500","quantity":"1"},' +
          '{"date":"2026-03-17","item":"Молоко","amount":"8990","quantity":"2","location":"Казань, ул. Баумана, 1",' +
          '"bonuses":"0.5"}]',
      );
    });

    it('takes both days in, and everything up to now without an end', async () => {
      expect(await items('startDate=2026-03-18&endDate=2026-03-18')).toEqual(['Сыр']);
      expect(await items('startDate=2026-03-17')).toEqual(['Молоко', 'Сыр']);
    });

    it('answers an empty history with an empty array', async () => {
      expect((await api.get('/card/0002/purchases?startDate=2026-01-01')).text).toBe('[]');
    });

    it.each([
      ['no start', '/card/0001/purchases', '2001'],
      ['a day that does not exist', '/card/0001/purchases?startDate=2026-02-30', '2103'],
      ['an end before the start', '/card/0001/purchases?startDate=2026-03-17&endDate=2026-03-16', '2104'],
      ['an unknown card', '/card/no one/purchases?startDate=2026-03-17', '3001'],
      ['a blocked card', '/card/0003/purchases?startDate=2026-03-17', '3002'],
    ])('refuses %s', async (_what, path, code) => {
      expect((await api.get(path)).code).toBe(code);
    });
  });

  describe('9: offers', () => {
    beforeAll(async () => {
      await database.pool.query(`
        insert into offers (id, title, description, image_url, url, starts_on, ends_on, for_all) values
          ('all', 'Скидка 10 %', null, null, null, null, null, true),
          ('mine', 'Кофе в подарок', 'К завтраку', 'https://example.com/c.png', 'https://example.com', '2026-01-01',
           '2999-12-31', false),
          ('over', 'Прошло', null, null, null, null, '2026-01-31', true),
          ('later', 'Будет', null, null, null, '2999-01-01', null, true);
        insert into offer_cards values ('0001', 'mine')`);
    });

    it('answers what the holder can use today: the offers for all, and those for this card', async () => {
      expect((await api.get('/card/0001/promo')).text).toBe(
        '[{"id":"mine","title":"Кофе в подарок","description":"К завтраку","imageUrl":"https://example.com/c.png",' +
          '"url":"https://example.com","startDate":"2026-01-01","endDate":"2999-12-31"},' +
          '{"id":"all","title":"Скидка 10 %"}]',
      );
      expect((await api.get('/card/0002/promo')).text).toBe('[{"id":"all","title":"Скидка 10 %"}]');
    });

    it('refuses an unknown and a blocked card', async () => {
      expect((await api.get('/card/no one/promo')).code).toBe('3001');
      expect((await api.get('/card/0003/promo')).code).toBe('3002');
    });
  });

  describe('12 and 13: phones with special terms', () => {
    it('answers empty arrays without data', async () => {
      expect((await api.get('/card/getAllUsers')).text).toBe('[]');
      expect((await api.get('/card/getAllUsersExtended')).text).toBe('[]');
    });

    it('lists the phones without a plus, with parameters only if they have any', async () => {
      await database.pool.query(`
        insert into special_phones (phone) values ('79160000002'), ('79160000001');
        insert into special_phone_params values
          ('79160000002', 2, 'level', 'gold'), ('79160000002', 1, 'discount', '7')`);
      expect((await api.get('/card/getAllUsers')).text).toBe('["79160000001","79160000002"]');
      expect((await api.get('/card/getAllUsersExtended')).text).toBe(
        '[{"phone":"79160000001"},{"phone":"79160000002","params":[{"name":"discount","value":"7"},' +
          '{"name":"level","value":"gold"}]}]',
      );
    });
  });
});
