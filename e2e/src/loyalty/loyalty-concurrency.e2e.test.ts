import { beforeAll, describe, expect, it } from '@jest/globals';
import { koshelek, type Koshelek } from '../harness/koshelek.js';
import { PROGRAMMES } from '../harness/programmes.js';
import { withGateway } from '../harness/with-gateway.js';

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

describe.each(PROGRAMMES)('the loyalty API on two processes at once on %s', (programme) => {
  const { gateway, other, database } = withGateway({ programme, env: { ROLES: 'loyalty' }, other: {} });
  let apis: Koshelek[];
  /** The process for the call with this index. */
  const at = (place: number): Koshelek => apis[place % apis.length]!;

  beforeAll(() => {
    apis = [gateway, other].map(({ publicUrl }) => koshelek(publicUrl));
  });

  it('gives 50 phones 50 cards when each is issued four times at once', async () => {
    const issues = await Promise.all(
      times(200, (n) =>
        at(n).send('POST', '/card/anonymous', { phone: `791600000${String(n >> 2).padStart(2, '0')}` }),
      ),
    );
    expect(issues.filter(({ status }) => status !== 200)).toEqual([]);
    times(50, (n) => expect(new Set(issues.slice(n * 4, n * 4 + 4).map(({ text }) => text)).size).toBe(1));
    expect(new Set(issues.map(({ text }) => text)).size).toBe(50);
    const { rows } = await database.pool.query<{ cards: string }>('select count(*) as cards from cards');
    expect(rows).toEqual([{ cards: '50' }]);
  });

  it('gives 500 reservations at once 500 different numbers, from the pool and generated', async () => {
    await database.pool.query(
      `insert into card_numbers (number, kind, barcode, barcode_type)
       select 'P' || n, 'pool', 'P' || n, 'CODE_128' from generate_series(1, 200) as n`,
    );
    const reservations = await Promise.all(times(500, (n) => at(n).get('/card/anonymous')));
    expect(reservations.filter(({ status }) => status !== 200)).toEqual([]);
    const numbers = reservations.map(({ json }) => json as string);
    expect(new Set(numbers).size).toBe(500);
    expect(numbers.filter((number) => number.startsWith('P'))).toHaveLength(200);
  });

  it('gives a reserved number to one holder, though ten ask for it at once', async () => {
    const number = (await at(0).get('/card/anonymous')).json as string;
    const issues = await Promise.all(
      times(10, (n) => at(n).send('POST', `/card/anonymous/${number}`, { phone: `7917000000${n}` })),
    );
    expect(issues.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(issues.filter(({ code }) => code === '4003')).toHaveLength(9);
  });

  it('gives a phone to one of ten cards that ask for it at once', async () => {
    const cards = await Promise.all(
      times(10, async (n) => {
        const answer = await at(n).send('POST', '/card/anonymous', { phone: `7918000000${n}` });
        return (answer.json as { card: { cardNumber: string } }).card.cardNumber;
      }),
    );
    const updates = await Promise.all(
      cards.map((card, n) => at(n).send('PUT', `/card/${card}`, { phone: '79180000099', email: 'one@example.com' })),
    );
    expect(updates.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(updates.filter(({ code }) => code === '4004' || code === '4005')).toHaveLength(9);
  });

  it('stores consents that arrive at once in any order, and each change once', async () => {
    const issued = await at(0).send('POST', '/card/anonymous', { phone: '79170000099' });
    const { cardNumber } = (issued.json as { card: { cardNumber: string } }).card;
    const codes = times(20, (n) => `channel-${n}`);
    const answers = await Promise.all(
      times(60, (n) =>
        at(n).send('PUT', `/card/${cardNumber}/communication`, { allow: n % 2 === 0 ? codes : codes.toReversed() }),
      ),
    );
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    const { rowCount } = await database.pool.query('select from channel_consent_history where card_number = $1', [
      cardNumber,
    ]);
    expect(rowCount).toBe(20);
  });

  it('credits a receipt once that is sent 100 times at once', async () => {
    await database.pool.query(`insert into receipt_rules (description, percent) values ('Кешбэк 10 %', 10)`);
    const phone = '79190000001';
    const issued = await at(0).send('POST', '/card/anonymous', { phone });
    const qrCode = 't=20260317T1923&s=1498.00&fn=9282440300669857&i=25151&fp=1186123459&n=1';
    const answers = await Promise.all(
      times(100, (n) => at(n).send('POST', '/promo/qrCode', { qrCode, msisdn: phone })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === '5003')).toHaveLength(99);
    const { cardNumber } = (issued.json as { card: { cardNumber: string } }).card;
    expect((await at(1).get(`/card/${cardNumber}`)).json).toMatchObject({ card: { bonus: { total: '149' } } });
  });

  it('accepts a code with three uses three times when twenty holders type it at once', async () => {
    await database.pool.query(
      `insert into promo_codes (code, description, bonus, max_uses) values ('THREE', 'Первым трём', 10, 3)`,
    );
    const answers = await Promise.all(
      times(20, (n) =>
        at(n).send('POST', '/promo/code', { code: 'THREE', msisdn: `791600000${String(n).padStart(2, '0')}` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ code }) => code === '5104')).toHaveLength(17);
  });
});
