import { beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../harness/until.js';
import { PROGRAMMES } from '../harness/programmes.js';
import { withGateway } from '../harness/with-gateway.js';

/** Everything the contract leaves open, set to other values than the defaults. */
const OTHERWISE = {
  ROLES: 'loyalty',
  KOSHELEK_NULLS: 'empty',
  KOSHELEK_RESERVED_NUMBER_FORM: 'object',
  KOSHELEK_OFFERS_PATH: '/offers',
  KOSHELEK_RECEIPT_FIELDS: 'scan, receipt',
  KOSHELEK_PROMO_CODE_FIELDS: 'word',
  KOSHELEK_PROMO_CARD_FIELDS: 'user',
  KOSHELEK_PROMO_PHONE_FIELDS: 'tel',
  KOSHELEK_RESERVATION_HOLD_SECS: '3',
  KOSHELEK_CARD_NUMBERS: 'pool',
  KOSHELEK_BLOCKED_CARDS: 'show-inactive',
  KOSHELEK_AMBIGUOUS_SEARCH: 'prefer-phone',
};

describe.each(PROGRAMMES)('the loyalty API with every setting otherwise on %s', (programme) => {
  const { database, api } = withGateway({ programme, env: OTHERWISE });

  beforeAll(async () => {
    await database.pool.query(`
      with member as (
        insert into members (msisdn, email, birth_date) values
          ('79160000001', 'anna@example.com', '1990-04-12'),
          ('79160000002', 'boris@example.com', '1990-04-12'),
          ('79160000003', 'gleb@example.com', '1979-07-07')
        returning id, msisdn
      )
      insert into cards (number, member_id, state, barcode, barcode_type)
      select '000' || right(msisdn, 1), id, case msisdn when '79160000003' then 'blocked' else 'active' end, '1',
             'CODE_128' from member;
      insert into bonus_lots (card_number, description, amount, source) values ('0001', 'Навсегда', 5, 'test');
      insert into offers (id, title) values ('all', 'Скидка');
      insert into promo_codes (code, description, bonus) values ('SPRING', 'Весна', 10)`);
  });

  it('writes an absent value as an empty string', async () => {
    expect((await api.get('/card/0001')).text).toContain('"amount":"5","validUntil":""');
  });

  it('serves the offers at another path, the card number in the query', async () => {
    expect((await api.get('/offers?cardNumber=0001')).json).toMatchObject([{ id: 'all', title: 'Скидка' }]);
    expect((await api.get('/offers')).code).toBe('2001');
    expect((await api.get('/offers?cardNumber=%00')).code).toBe('2106');
    expect((await api.get('/card/0001/promo')).code).toBe('1101');
  });

  it('finds the fields of receipts and promo codes under other names', async () => {
    const scan = 't=20260317T1923&s=1498.00&fn=9282440300669857&i=25151&fp=1186123459&n=1';
    expect((await api.send('POST', '/promo/qrCode', { scan, user: '0001' })).status).toBe(200);
    expect((await api.send('POST', '/promo/code', { word: 'SPRING', tel: '79160000001' })).status).toBe(200);
    expect((await api.send('POST', '/promo/code', { code: 'SPRING', tel: '79160000001' })).json).toMatchObject({
      description: 'Не указано обязательное поле word',
    });
  });

  it('reserves only from the pool, answers an object, and takes a number back after its reservation', async () => {
    await database.pool.query(
      `insert into card_numbers (number, kind, barcode, barcode_type) values ('A-1', 'pool', 'A-1', 'CODE_128')`,
    );
    expect((await api.get('/card/anonymous')).text).toBe('{"cardNumber":"A-1"}');
    expect((await api.get('/card/anonymous')).code).toBe('4006');
    expect((await api.send('POST', '/card/anonymous', { phone: '79160000009' })).code).toBe('4006');
    await until('the number is free again', async () => {
      const { text } = await api.get('/card/anonymous');
      return text === '{"cardNumber":"A-1"}' ? text : undefined;
    });
  });

  it('shows a blocked card as inactive, and changes and credits nothing on it', async () => {
    const inactive = { card: { cardNumber: '0003', cardState: 'inactive' } };
    expect((await api.get('/card?msisdn=79160000003')).json).toMatchObject(inactive);
    expect((await api.get('/card/0003')).json).toMatchObject(inactive);
    expect((await api.get('/card/0003/purchases?startDate=2026-01-01')).text).toBe('[]');
    expect((await api.send('PUT', '/card/0003', { surname: 'Иванов' })).code).toBe('3002');
    expect((await api.send('POST', '/promo/code', { word: 'SPRING', user: '0003' })).code).toBe('3002');
  });

  it('prefers the phone’s card to the e-mail’s, but does not guess between birthdays', async () => {
    const answer = await api.get('/card?msisdn=79160000001&email=boris@example.com');
    expect(answer.json).toMatchObject({ card: { cardNumber: '0001' } });
    expect((await api.get('/card?birthDate=1990-04-12')).code).toBe('3003');
  });
});
