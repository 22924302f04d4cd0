import { beforeAll, describe, expect, it } from '@jest/globals';
import { PROGRAMMES } from '../harness/programmes.js';
import { withGateway } from '../harness/with-gateway.js';

describe.each(PROGRAMMES)('receipts and promo codes in the loyalty API on %s', (programme) => {
  const { database, api } = withGateway({ programme, env: { ROLES: 'loyalty' } });
  let documents = 0;

  beforeAll(async () => {
    await database.pool.query(`
      with member as (
        insert into members (msisdn)
        select '7916000000' || n from generate_series(1, 9) as n returning id, msisdn
      )
      insert into cards (number, member_id, state, barcode, barcode_type)
      select '000' || right(msisdn, 1), id, case msisdn when '79160000009' then 'blocked' else 'active' end, '1',
             'CODE_128' from member`);
  });

  const totalOf = async (number: string): Promise<string> =>
    ((await api.get(`/card/${number}`)).json as { card: { bonus: { total: string } } }).card.bonus.total;

  describe('10: receipts', () => {
    beforeAll(async () => {
      await database.pool.query(`
        insert into receipt_rules (description, percent, fixed, minimum_sum, bonus_days, starts_at, ends_at) values
          ('Кешбэк 5 %', 5, 0, 0, 30, null, null),
          ('За крупную покупку', 0, 100, 500000, null, null, null),
          ('Март', 1, 10, 0, null, '2026-03-01', '2026-04-01')`);
    });
    const qrCode = (parts: { t?: string; s?: string; n?: string; i?: string } = {}): string => {
      const { t = '20260217T1923', s = '1498.00', n = '1', i = String((documents += 1)) } = parts;
      return `t=${t}&s=${s}&fn=9282440300669857&i=${i}&fp=1186123459&n=${n}`;
    };
    const submit = (body: object) => api.send('POST', '/promo/qrCode', body);

    it('credits a percentage of the sum, in whole bonuses, rounded down', async () => {
      const answer = await submit({ qrCode: qrCode(), cardNumber: '0001' });
      expect([answer.status, answer.text]).toEqual([200, '']);
      expect(await totalOf('0001')).toBe('74');
    });

    it('adds up the rules that fit: the minimum sum, the period of the receipt’s own time', async () => {
      await submit({ qrCode: qrCode({ t: '20260331T2359', s: '5000.00' }), msisdn: '79160000002' });
      // 5 % of 5000, 100 for a large one, and in March 1 % and 10.
      expect(await totalOf('0002')).toBe(String(250 + 100 + 50 + 10));
    });

    it('counts a receipt once, a sender it again and however it is padded', async () => {
      const receipt = qrCode({ i: '77' });
      expect((await submit({ qrCode: receipt, cardNumber: '0003' })).status).toBe(200);
      expect((await submit({ qrCode: receipt, cardNumber: '0003' })).code).toBe('5003');
      expect((await submit({ qrCode: qrCode({ i: '000077' }), cardNumber: '0004' })).code).toBe('5003');
      expect([await totalOf('0003'), await totalOf('0004')]).toEqual(['74', '0']);
    });

    it('stores the app’s body, character by character', async () => {
      const body = { qrCode: qrCode(), cardNumber: '0005', device: { model: 'A\u0000B', tags: [1, null, true] } };
      expect((await submit(body)).status).toBe(200);
      const { rows } = await database.pool.query<{ raw: string }>(
        `select raw::text from receipts where card_number = '0005'`,
      );
      expect(rows.map(({ raw }) => JSON.parse(raw) as unknown)).toEqual([body]);
    });

    it('stores the app’s body byte for byte, including numbers that JavaScript cannot represent', async () => {
      const body = `{ "qrCode": "${qrCode()}",\n"cardNumber":"0004", "userId": 1152921506151679042,"ratio":1e400}`;
      const answer = await api.request('/promo/qrCode', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      expect([answer.status, answer.text]).toEqual([200, '']);
      const { rows } = await database.pool.query<{ raw: string }>(
        `select raw from receipts where card_number = '0004'`,
      );
      expect(rows).toEqual([{ raw: body }]);
    });

    it('stores a receipt of an unknown operation, and credits it only when it arrives as a sale', async () => {
      const [before, i] = [Number(await totalOf('0003')), String((documents += 1))];
      for (const n of ['9', '0', 'приход']) {
        const answer = await submit({ qrCode: qrCode({ i, n }), cardNumber: '0003' });
        expect([n, answer.code]).toEqual([n, n === '9' ? undefined : '5003']);
      }
      expect(Number(await totalOf('0003'))).toBe(before);
      expect((await submit({ qrCode: qrCode({ i, n: '1' }), cardNumber: '0003' })).status).toBe(200);
      expect((await submit({ qrCode: qrCode({ i, n: '1' }), cardNumber: '0003' })).code).toBe('5003');
      expect(Number(await totalOf('0003'))).toBe(before + 74);
    });

    it('never credits a refund, and knows a sale by its numbers however its text is written', async () => {
      const [before, i] = [Number(await totalOf('0003')), String((documents += 1))];
      const sale = qrCode({ i });
      expect((await submit({ qrCode: sale.replace('n=1', 'n=2'), cardNumber: '0003' })).code).toBe('5004');
      expect((await submit({ qrCode: `https://ofd.example.com/r?${sale}`, cardNumber: '0003' })).status).toBe(200);
      const again = [
        sale,
        sale.replaceAll('&', '&amp;'),
        encodeURIComponent(sale),
        sale.toUpperCase(),
        sale.replace(`i=${i}`, `fd=${i.padStart(10, '0')}`),
        sale.replace('T1923', 'T192301'),
      ];
      for (const qr of again)
        expect([qr, (await submit({ qrCode: qr, cardNumber: '0003' })).code]).toEqual([qr, '5003']);
      expect(Number(await totalOf('0003'))).toBe(before + 74);
    });

    it.each([
      ['no receipt', { cardNumber: '0001' }, '2001'],
      ['no one it is for', { qrCode: qrCode() }, '2001'],
      ['an unknown card', { qrCode: qrCode(), cardNumber: 'unknown-card' }, '3001'],
      ['an unknown phone', { qrCode: qrCode(), msisdn: '79169999999' }, '3001'],
      ['a blocked card', { qrCode: qrCode(), cardNumber: '0009' }, '3002'],
      ['a text that is no receipt', { qrCode: 'https://example.com', cardNumber: '0001' }, '5005'],
      ['a sum that no one pays', { qrCode: qrCode({ s: '9999999999.99' }), cardNumber: '0001' }, '5006'],
      ['a wrong sum', { qrCode: qrCode({ s: '12,345' }), cardNumber: '0001' }, '5002'],
      ['a receipt of next century', { qrCode: qrCode({ t: '20991231T2359' }), cardNumber: '0001' }, '5002'],
      ['the receipt of a return', { qrCode: qrCode({ n: '2' }), cardNumber: '0001' }, '5004'],
    ])('refuses %s, and credits nothing', async (_what, body, code) => {
      const before = await totalOf('0001');
      expect((await submit(body)).code).toBe(code);
      expect(await totalOf('0001')).toBe(before);
    });
  });

  describe('11: promo codes', () => {
    beforeAll(async () => {
      await database.pool.query(`
        insert into promo_codes (code, description, bonus, max_uses, max_uses_by_card, starts_at, ends_at) values
          ('ONCE', 'Один раз', 50, 1, 1, null, null),
          ('Twice', 'Дважды каждому', 20, null, 2, null, null),
          ('Весна', 'Весенний', 5, null, 1, null, null),
          ('ЙОЛКА', 'Зимний', 5, null, 1, null, null),
          ('FUTURE', 'Будет', 1, null, 1, now() + interval '1 day', null),
          ('PAST', 'Прошло', 1, null, 1, null, now() - interval '1 s')`);
    });
    const submit = (code: string, holder: object) => api.send('POST', '/promo/code', { code, ...holder });

    it('credits a one-time code to the first holder who types it, in any case', async () => {
      const answer = await submit(' once ', { cardNumber: '0006' });
      expect([answer.status, answer.text]).toEqual([200, '']);
      expect(await totalOf('0006')).toBe('50');
      expect((await submit('ONCE', { cardNumber: '0006' })).code).toBe('5105');
      expect((await submit('ONCE', { cardNumber: '0007' })).code).toBe('5104');
    });

    it('recognises a code in Cyrillic in any case, whatever the locale of the database', async () => {
      expect((await submit('вЕСНА', { cardNumber: '0006' })).status).toBe(200);
      expect((await submit('ВЕСНА', { cardNumber: '0006' })).code).toBe('5105');
    });

    it('recognises a code whose letters are typed as two characters each', async () => {
      expect((await submit('\u0418\u0306олка', { cardNumber: '0006' })).status).toBe(200);
      expect((await submit('ЙОЛКА', { cardNumber: '0006' })).code).toBe('5105');
    });

    it('credits a code to each holder as often as one holder may', async () => {
      for (const msisdn of ['79160000007', '79160000008']) {
        expect((await submit('TWICE', { msisdn })).status).toBe(200);
        expect((await submit('TWICE', { msisdn })).status).toBe(200);
        expect((await submit('TWICE', { msisdn })).code).toBe('5105');
      }
      expect([await totalOf('0007'), await totalOf('0008')]).toEqual(['40', '40']);
    });

    it.each([
      ['an unknown code', 'NOPE', { cardNumber: '0001' }, '5101'],
      ['a code of next week', 'FUTURE', { cardNumber: '0001' }, '5102'],
      ['a code that is over', 'PAST', { cardNumber: '0001' }, '5103'],
      ['no code', '', { cardNumber: '0001' }, '2001'],
      ['an unknown card', 'TWICE', { cardNumber: 'unknown-card' }, '3001'],
      ['a blocked card', 'TWICE', { cardNumber: '0009' }, '3002'],
    ])('refuses %s', async (_what, code, holder, error) => {
      expect((await submit(code, holder)).code).toBe(error);
    });
  });
});
