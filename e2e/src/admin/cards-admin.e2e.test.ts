import { describe, expect, it } from '@jest/globals';
import { makeCard } from '../harness/cards.js';
import { ask, auditOf, read } from '../harness/admin.js';
import { call, type Answer, type ProblemView } from '../harness/calls.js';
import { unique } from '../harness/queues.js';
import { withGateway } from '../harness/with-gateway.js';

interface ListView {
  readonly cards: { number: string; state: string; holder: object }[];
  readonly nextCursor: string | null;
}
interface BalanceView {
  readonly available: string;
  readonly lots: { description: string; rest: string }[];
}

describe('cards, for operators', () => {
  const { gateway, database, api, start } = withGateway({ env: { ROLES: 'loyalty,admin' } });

  const find = (query: Record<string, string>): Promise<Answer<ListView>> =>
    read(gateway, `/cards?${new URLSearchParams(query).toString()}`);
  const adjust = async (
    number: string,
    body: object,
    key: string | undefined = unique('key'),
  ): Promise<{ status: number; replayed: string | null; body: Record<string, unknown> }> => {
    const response = await fetch(`${gateway.internalUrl}/admin/cards/${number}/balance`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer test-admin-key',
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: JSON.stringify(body),
    });
    const replayed = response.headers.get('idempotency-replayed');
    return { status: response.status, replayed, body: (await response.json()) as Record<string, unknown> };
  };
  const CREDIT = { amount: '100.50', description: 'Извинение', why: 'complaint 17' };

  it('are shown to no one without an admin key', async () => {
    const { number } = await makeCard(database);
    for (const secret of ['', 'test-orders-key']) {
      for (const path of ['', `/${number}`]) {
        expect((await call(gateway, 'GET', `/admin/cards${path}`, { secret })).status).toBe(401);
      }
      for (const action of ['block', 'unblock', 'balance']) {
        expect((await call(gateway, 'POST', `/admin/cards/${number}/${action}`, { secret, body: {} })).status).toBe(
          401,
        );
      }
    }
  });

  it('are found by number, by a phone in any spelling and by an e-mail in any case, and shown masked', async () => {
    const { number, phone, email } = await makeCard(database);
    const holder = { name: 'Вера Р.', phone: `+7••••••••${phone.slice(-2)}`, email: 'V•••@Example.com' };
    const spelled = `8 (${phone.slice(1, 4)}) ${phone.slice(4, 7)}-${phone.slice(7, 9)}-${phone.slice(9)}`;
    for (const query of [{ number }, { phone: spelled }, { email: email.toUpperCase() }, { number, phone, email }]) {
      const { body } = await find(query);
      expect(body).toEqual({
        cards: [{ number, state: 'active', createdAt: expect.any(String), holder }],
        nextCursor: null,
      });
    }
    expect((await find({ number, phone: '79990000000' })).body.cards).toEqual([]);
    const faulty = await read<ProblemView>(gateway, '/cards?phone=12&email=x&limit=0&cursor=x&who=me');
    expect([faulty.status, faulty.body.errors?.map(({ pointer }) => pointer)]).toEqual([
      422,
      ['/who', '/phone', '/email', '/limit', '/cursor'],
    ]);
  });

  it('come page by page, the newest first', async () => {
    const made = [await makeCard(database), await makeCard(database), await makeCard(database)];
    const first = await find({ limit: '2' });
    const second = await find({ limit: '1', cursor: first.body.nextCursor ?? '' });
    const seen = [...first.body.cards, ...second.body.cards].map(({ number }) => number);
    expect(seen).toEqual(made.map(({ number }) => number).toReversed());
  });

  it('show everything: the holder, the balance by lots, the proof of each consent, and what was bought and redeemed', async () => {
    const { number, phone, email } = await makeCard(database);
    await database.pool.query(`insert into promo_codes (code, description, bonus) values ('MAY', 'Май', 10)`);
    await database.pool.query(
      `insert into purchases (card_number, bought_at, item, amount, quantity, location, bonuses)
       values ($1, '2026-05-01T13:45', 'Чай', 12345, 1.5, 'Тверская', 6)`,
      [number],
    );
    await api.send('PUT', `/card/${number}/communication`, { allow: ['SMS'] });
    await api.send('PUT', `/card/${number}/communication`, { deny: ['SMS'] });
    await api.send('POST', '/promo/code', { code: 'MAY', cardNumber: number });
    const qrCode = 't=20260317T1923&s=1498.00&fn=9282440300669857&i=25151&fp=1186123459&n=1';
    await api.send('POST', '/promo/qrCode', { qrCode, cardNumber: number });
    const { status, body } = await read(gateway, `/cards/${number}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      number,
      state: 'active',
      barcode: { number, type: 'CODE_128' },
      holder: { phone, email, firstname: 'Вера', surname: 'Ростова', birthDate: '1990-04-12' },
      balance: { total: '10', available: '10', lots: [{ description: 'Май', amount: '10', rest: '10' }] },
      consents: [
        {
          channel: 'sms',
          allowed: false,
          history: [
            { allowed: false, source: 'koshelek' },
            { allowed: true, source: 'koshelek' },
          ],
        },
      ],
      purchases: [{ date: '2026-05-01', item: 'Чай', amountKopecks: '12345', quantity: '1.5', bonuses: '6' }],
      receipts: [{ printedAt: '2026-03-17T19:23:00', sumKopecks: '149800', document: '25151', bonuses: '0' }],
      redemptions: [{ code: 'MAY', description: 'Май', bonuses: '10' }],
    });
    for (const path of ['/cards/none', '/cards/%00']) expect((await read(gateway, path)).status).toBe(404);
  });

  it('are blocked and unblocked, as often as one clicks, and Кошелёк sees it at once', async () => {
    const { number, phone } = await makeCard(database, 'inactive');
    for (const _ of ['once', 'again']) {
      const blocked = await ask(gateway, `/cards/${number}/block`, { why: 'stolen' });
      expect([blocked.status, blocked.body]).toEqual([200, { number, state: 'blocked' }]);
    }
    expect((await api.get(`/card?msisdn=${phone}`)).code).toBe('3002');
    const unblocked = await ask(gateway, `/cards/${number}/unblock`, { why: 'found' });
    expect(unblocked.body).toEqual({ number, state: 'inactive' });
    expect((await api.get(`/card?msisdn=${phone}`)).json).toMatchObject({ card: { cardState: 'inactive' } });
    expect((await ask(gateway, `/cards/${number}/block`, {})).status).toBe(422);
    expect((await ask(gateway, '/cards/none/block', { why: 'x' })).status).toBe(404);
  });

  it('are credited and debited in exact decimals, once for each key', async () => {
    const { number } = await makeCard(database);
    const key = unique('key');
    const [first, again] = [await adjust(number, CREDIT, key), await adjust(number, CREDIT, key)];
    expect([first.status, first.replayed, again.status, again.replayed]).toEqual([200, null, 200, 'true']);
    expect(again.body).toEqual(first.body);
    expect((await adjust(number, { ...CREDIT, amount: '5' }, key)).status).toBe(422);
    const debit = await adjust(number, { amount: '-20', description: 'Ошибка', why: 'booked twice' });
    expect(debit.body).toMatchObject({ amount: '-20', after: { total: '80.5', available: '80.5' } });
    expect((await api.get(`/card/${number}`)).json).toMatchObject({
      card: { bonus: { total: '80.5', available: '80.5', bonuses: [{ description: 'Извинение', amount: '80.5' }] } },
    });
  });

  it('never have less than nothing, and say what they have instead', async () => {
    const { number } = await makeCard(database);
    await adjust(number, CREDIT);
    const refused = await adjust(number, { ...CREDIT, amount: '-100.51' });
    expect([refused.status, refused.body['detail']]).toEqual([
      409,
      'The card has 100.5 bonuses available. Debit at most that amount.',
    ]);
    const { body } = await read<{ balance: BalanceView }>(gateway, `/cards/${number}`);
    expect(body.balance).toMatchObject({ available: '100.5', lots: [{ rest: '100.5' }] });
  });

  it('are not adjusted by a request with a fault, and every fault is named', async () => {
    const { number } = await makeCard(database);
    expect((await adjust(number, CREDIT, '')).status).toBe(400);
    const faults = async (body: object): Promise<string[]> => {
      const answer = await adjust(number, body);
      expect(answer.status).toBe(422);
      return (answer.body as unknown as ProblemView).errors?.map(({ pointer }) => pointer) ?? [];
    };
    expect(await faults({ extra: 1 })).toEqual(['/extra', '/amount', '/description', '/why']);
    for (const amount of [100.5, '1e3', '0', '-0.00', '+5', ' 5', '1,5', '.5', '1.00001', '1234567890123', '']) {
      expect(await faults({ ...CREDIT, amount })).toEqual(['/amount']);
    }
    for (const validUntil of ['2020-01-01', '2026-02-30', 'soon']) {
      expect(await faults({ ...CREDIT, validUntil })).toEqual(['/validUntil']);
    }
    expect(await faults({ ...CREDIT, amount: '-1', validUntil: '2099-01-01' })).toEqual(['/validUntil']);
    expect(await faults({ ...CREDIT, why: ' ', description: '+7 916 123-45-67' })).toEqual(['/description', '/why']);
  });

  it('leave in the audit who changed and who viewed, why, before and after, and no phone or e-mail', async () => {
    const { number, phone, email } = await makeCard(database);
    await find({ phone });
    await find({ number });
    await read(gateway, `/cards/${number}`);
    await read(gateway, `/cards/${number}`);
    await ask(gateway, `/cards/${number}/block`, { why: 'stolen' });
    await adjust(number, CREDIT);
    const entries = (await auditOf(gateway)).slice(0, 4);
    expect(entries.map(({ who, action, why }) => [who, action, why])).toEqual([
      ['ops', 'card.adjust', 'complaint 17'],
      ['ops', 'card.block', 'stolen'],
      ['ops', 'card.view', null],
      ['ops', 'card.find', null],
    ]);
    for (const entry of entries) expect(entry).toMatchObject({ cardNumber: number, orderId: null });
    expect(entries[0]?.details).toMatchObject({ before: { available: '0' }, after: { available: '100.5' } });
    expect(entries[1]?.details).toEqual({ before: { state: 'active' }, after: { state: 'blocked' } });
    const { rows } = await database.pool.query<{ text: string }>('select audit::text as text from audit');
    const { rows: log } = { rows: gateway.log.map((line) => ({ text: JSON.stringify(line) })) };
    for (const { text } of [...rows, ...log]) {
      for (const trace of [phone.slice(1), email, email.toLowerCase()]) expect(text).not.toContain(trace);
    }
  });

  it('leave an audit that can be filtered by card, and by changes or views', async () => {
    const [{ number }, other] = [await makeCard(database), await makeCard(database)];
    for (const card of [number, other.number]) {
      await read(gateway, `/cards/${card}`);
      await ask(gateway, `/cards/${card}/block`, { why: 'stolen' });
    }
    const actions = async (query: string): Promise<string[]> => {
      const { body } = await read<{ entries: { action: string }[] }>(gateway, `/audit?${query}`);
      return body.entries.map(({ action }) => action);
    };
    expect(await actions(`card=${number}`)).toEqual(['card.block', 'card.view']);
    expect(await actions(`card=${number}&show=changes`)).toEqual(['card.block']);
    expect(await actions('show=views&limit=2')).toEqual(['card.view', 'card.view']);
    expect((await read(gateway, '/audit?show=some')).status).toBe(422);
  });

  it('are not managed here when a system of the company’s own has them', async () => {
    const elsewhere = await start({ ROLES: 'admin', CARD_PROGRAM: 'https://cards.example.com' });
    const answers = [
      await read<ProblemView>(elsewhere, '/cards'),
      await read<ProblemView>(elsewhere, '/cards/1'),
      await ask<ProblemView>(elsewhere, '/cards/1/block', { why: 'x' }),
      await ask<ProblemView>(elsewhere, '/cards/1/balance', CREDIT),
    ];
    for (const { status, body } of answers) {
      expect([status, body.detail]).toEqual([
        409,
        "Cards live in the company's own system (CARD_PROGRAM): look them up and change them there.",
      ]);
    }
  });
});
