import { beforeAll, describe, expect, it } from '@jest/globals';
import { PROGRAMMES } from '../harness/programmes.js';
import { withGateway } from '../harness/with-gateway.js';

describe.each(PROGRAMMES)('cards in the loyalty API on %s', (programme) => {
  const { database, api } = withGateway({ programme, env: { ROLES: 'loyalty' } });
  let lastPhone = 79_160_000_000;
  const newPhone = (): string => String((lastPhone += 1));

  beforeAll(async () => {});

  const reserve = async (): Promise<string> => (await api.get('/card/anonymous')).json as string;
  const issue = async (phone = newPhone(), profile: object = {}): Promise<string> => {
    const answer = await api.send('POST', '/card/anonymous', { phone, ...profile });
    return (answer.json as { card: { cardNumber: string } }).card.cardNumber;
  };
  const memberOf = async (number: string): Promise<Record<string, unknown>> => {
    const { rows } = await database.pool.query<Record<string, unknown>>(
      `select msisdn, email, birth_date::text, first_name, surname, sex, locality
         from members m join cards c on c.member_id = m.id where c.number = $1`,
      [number],
    );
    return rows[0] ?? {};
  };
  const block = (number: string) =>
    database.pool.query(`update cards set state = 'blocked' where number = $1`, [number]);

  describe('6 and 7: reserving a number and issuing it', () => {
    it('reserves a number with a valid check digit, answered as one JSON string', async () => {
      const { status, text } = await api.get('/card/anonymous');
      expect(status).toBe(200);
      expect(text).toMatch(/^"22\d{11}"$/);
      const digits = Array.from(text.slice(1, -1), Number);
      expect(digits.reduce((sum, digit, at) => sum + digit * (at % 2 === 0 ? 1 : 3), 0) % 10).toBe(0);
    });

    it('issues the reserved number to a holder, who is then found by phone and e-mail', async () => {
      const number = await reserve();
      const phone = newPhone();
      const answer = await api.send('POST', `/card/anonymous/${number}`, {
        phone: `+${phone}`,
        email: 'Issued@Example.com',
        firstName: 'Анна',
        surname: 'Иванова',
        birthdate: '1990-04-12',
        sex: 'ж',
        locality: 'Казань',
      });
      expect([answer.status, answer.text]).toEqual([200, '']);
      expect(await memberOf(number)).toEqual({
        msisdn: phone,
        email: 'issued@example.com',
        birth_date: '1990-04-12',
        first_name: 'Анна',
        surname: 'Иванова',
        sex: 'f',
        locality: 'Казань',
      });
      const found = { card: { cardNumber: number, cardState: 'active', barcode: expect.anything() } };
      expect((await api.get(`/card?msisdn=${phone}`)).json).toEqual(found);
      expect((await api.get('/card?email=issued@example.com')).json).toEqual(found);
    });

    it('answers a repeated issue of the same number to the same phone like the first', async () => {
      const number = await reserve();
      const profile = { phone: newPhone() };
      for (let turn = 0; turn < 3; turn += 1) {
        expect((await api.send('POST', `/card/anonymous/${number}`, profile)).text).toBe('');
      }
    });

    it('issues a number of a pool that Кошелёк keeps, without a reservation', async () => {
      await database.pool.query(
        `insert into card_numbers (number, kind, barcode, barcode_type) values ('0007', 'agreed', '0007', 'CODE_128')`,
      );
      const phone = newPhone();
      expect((await api.send('POST', '/card/anonymous/0007', { phone })).text).toBe('');
      expect((await api.get(`/card?msisdn=${phone}`)).json).toEqual({
        card: {
          cardNumber: '0007',
          cardState: 'active',
          barcode: { barcodeNumber: '0007', barcodeType: 'CODE_128' },
        },
      });
    });

    it('refuses a number that was never reserved', async () => {
      expect((await api.send('POST', '/card/anonymous/555', { phone: newPhone() })).code).toBe('4001');
    });

    it('refuses a number whose reservation is over, and reserves it again for the next', async () => {
      const number = await reserve();
      await database.pool.query(`update card_numbers set reserved_until = now() - interval '1 s' where number = $1`, [
        number,
      ]);
      expect((await api.send('POST', `/card/anonymous/${number}`, { phone: newPhone() })).code).toBe('4002');
      expect(await reserve()).toBe(number);
    });

    it('refuses a number of another holder’s card', async () => {
      expect((await api.send('POST', `/card/anonymous/${await issue()}`, { phone: newPhone() })).code).toBe('4003');
    });

    it('refuses a holder who has another card, or an e-mail of another card', async () => {
      const phone = newPhone();
      await issue(phone, { email: 'taken@example.com' });
      const number = await reserve();
      const to = (profile: object) => api.send('POST', `/card/anonymous/${number}`, profile);
      expect((await to({ phone })).code).toBe('4004');
      expect((await to({ phone: newPhone(), email: 'TAKEN@example.com' })).code).toBe('4005');
      expect((await to({ phone: newPhone() })).status).toBe(200);
    });

    it('refuses to issue without a phone', async () => {
      expect((await api.send('POST', `/card/anonymous/${await reserve()}`, { surname: 'Иванова' })).code).toBe('2001');
    });

    it('assigns the imported pool before it generates numbers', async () => {
      await database.pool.query(
        `insert into card_numbers (number, kind, barcode, barcode_type)
         values ('4006381333931', 'pool', '4006381333931', 'EAN_13')`,
      );
      expect(await reserve()).toBe('4006381333931');
      expect(await reserve()).toMatch(/^22/);
    });

    it('never assigns a number that was imported as a card', async () => {
      const next = await database.pool.query<{ last: string }>('select last_value as last from card_number_serial');
      const taken = `22${String(Number(next.rows[0]?.last) + 1).padStart(10, '0')}`;
      const barcodes = Array.from({ length: 10 }, (_, digit) => `${taken}${digit}`);
      await database.pool.query(
        `with member as (insert into members select from unnest($1::text[]) returning id),
              numbered as (select id, row_number() over () as at from member)
         insert into cards (number, member_id, barcode, barcode_type)
         select ($1::text[])[at], id, ($1::text[])[at], 'EAN_13' from numbered`,
        [barcodes],
      );
      expect(barcodes).not.toContain(await reserve());
    });
  });

  describe('8: issuing without a reservation', () => {
    it('answers with the card, and with the same card for the same phone', async () => {
      const phone = newPhone();
      const first = await api.send('POST', '/card/anonymous', { phone, surname: 'Первая' });
      expect(first.json).toEqual({
        card: {
          cardNumber: expect.stringMatching(/^22\d{11}$/),
          cardState: 'active',
          barcode: { barcodeNumber: expect.stringMatching(/^22\d{11}$/), barcodeType: 'EAN_13' },
        },
      });
      const again = await api.send('POST', '/card/anonymous', { phone: `8${phone.slice(1)}`, surname: 'Вторая' });
      expect(again.text).toBe(first.text);
    });

    it('refuses a blocked holder and the e-mail of another card', async () => {
      const phone = newPhone();
      await block(await issue(phone, { email: 'blocked@example.com' }));
      expect((await api.send('POST', '/card/anonymous', { phone })).code).toBe('3002');
      expect(
        (await api.send('POST', '/card/anonymous', { phone: newPhone(), email: 'blocked@example.com' })).code,
      ).toBe('4005');
    });

    it('refuses to issue without a phone, naming the field', async () => {
      const answer = await api.send('POST', '/card/anonymous', { email: 'a@example.com' });
      expect(answer.json).toEqual({ code: '2001', description: 'Не указано обязательное поле phone' });
    });
  });

  describe('4: the profile', () => {
    it.each(['PUT', 'POST'] as const)('changes the given fields by %s, and no others', async (verb) => {
      const phone = newPhone();
      const number = await issue(phone, { surname: 'Иванова', locality: 'Казань' });
      const change = { surname: 'Петрова', email: null, birthDate: '1991-01-01' };
      const answer = await api.send(verb, `/card/${number}`, change);
      expect([answer.status, answer.text]).toEqual([200, '']);
      expect((await api.send(verb, `/card/${number}`, change)).status).toBe(200);
      expect(await memberOf(number)).toMatchObject({
        msisdn: phone,
        surname: 'Петрова',
        locality: 'Казань',
        birth_date: '1991-01-01',
      });
    });

    it('gives a holder another phone, by which the card is then found', async () => {
      const number = await issue();
      const phone = newPhone();
      expect((await api.send('PUT', `/card/${number}`, { phone: Number(phone) })).status).toBe(200);
      expect((await api.get(`/card?msisdn=${phone}`)).json).toMatchObject({ card: { cardNumber: number } });
    });

    it('refuses an unknown card, a blocked one, and a value of another card', async () => {
      const other = newPhone();
      await issue(other, { email: 'other@example.com' });
      const number = await issue();
      const update = (card: string, profile: object) => api.send('PUT', `/card/${card}`, profile);
      expect((await update('unknown-card', { surname: 'Иванова' })).code).toBe('3001');
      expect((await update(number, { phone: other })).code).toBe('4004');
      expect((await update(number, { email: 'Other@example.com' })).code).toBe('4005');
      await block(number);
      expect((await update(number, { surname: 'Иванова' })).code).toBe('3002');
    });
  });

  describe('3: the card and its balance', () => {
    it('adds up the lots that still hold, the first to end in front, all of it as strings', async () => {
      const number = await issue();
      await database.pool.query(
        `insert into bonus_lots (card_number, description, amount, spent, available_from, valid_until, source)
         select $1, d, a, s, today + f, today + u, 'test'
           from (select (now() at time zone 'Europe/Moscow')::date as today) as t, (values ('Навсегда', 100.50, 0, null, null), ('Почти потрачено', 30, 25, 0, 90),
                        ('До вечера', 7, 0, -1, 0), ('Потрачено', 10, 10, null, 10), ('Сгорело', 50, 0, null, -2),
                        ('С будущей недели', 20, 0, 7, 60)) as lot (d, a, s, f, u)`,
        [number],
      );
      const inMoscow = Date.now() + 3 * 3_600_000;
      const day = (days: number) => new Date(inMoscow + days * 86_400_000).toISOString().slice(0, 10);
      const { json } = await api.get(`/card/${number}`);
      expect(json).toMatchObject({ card: { cardNumber: number, bonus: { total: '132.5', available: '112.5' } } });
      const { bonuses } = (json as { card: { bonus: { bonuses: { validUntil?: string }[] } } }).card.bonus;
      expect(bonuses).toMatchObject([
        { description: 'До вечера', amount: '7' },
        { description: 'С будущей недели', amount: '20' },
        { description: 'Почти потрачено', amount: '5' },
        { description: 'Навсегда', amount: '100.5' },
      ]);
      expect(bonuses.map(({ validUntil }) => validUntil?.length)).toEqual([10, 10, 10, undefined]);
      expect(bonuses[2]?.validUntil).toBe(day(90));
    });

    it('answers a card without bonuses with zeros and an empty list', async () => {
      const { json } = await api.get(`/card/${await issue()}`);
      expect(json).toMatchObject({ card: { bonus: { total: '0', available: '0', bonuses: [] } } });
    });

    it('refuses an unknown and a blocked card', async () => {
      const number = await issue();
      await block(number);
      expect((await api.get(`/card/${number}`)).code).toBe('3002');
      expect((await api.get('/card/unknown-card')).code).toBe('3001');
    });

    it('accepts the withdrawal of a consent on a blocked card', async () => {
      const number = await issue();
      await block(number);
      expect((await api.send('PUT', `/card/${number}/communication`, { deny: ['sms'] })).status).toBe(200);
    });
  });
});
