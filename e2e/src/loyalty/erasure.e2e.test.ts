import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, auditOf, read } from '../harness/admin.js';
import { createDatabase, openDatabase, type TestDatabase } from '../harness/database.js';
import { startGateway, type GatewayProcess } from '../harness/gateway-process.js';
import { koshelek, type Koshelek } from '../harness/koshelek.js';
import { findPostgresPrograms } from '../../servers/postgres-programs.mjs';
import { createDatabaseOn, dumpText } from '../harness/postgres/backup.js';
import { requirePrograms } from '../harness/postgres/programs.js';
import { createServer, type PostgresServer } from '../harness/postgres/server.js';
import { placeOrder } from '../harness/place-order.js';

const PHONE = '79161239876';
const PERSON = {
  firstname: 'Феврония',
  patronymic: 'Ермолаевна',
  surname: 'Забелинская',
  birthDate: '1987-06-05',
  sex: 'ж',
  phone: PHONE,
  email: 'fevronia@забелина.рф',
  countryCode: 'KG',
  locality: 'Кологривово',
};
/** Everything that leads to the person, in any table. */
const VALUES = [
  PHONE,
  PHONE.slice(1),
  'Феврони',
  'Ермолаевна',
  'Забелинская',
  '1987-06-05',
  'fevronia',
  'Кологривово',
  'device-of-fevronia',
  'Настойка пустырника',
  'Аптека у вокзала',
  'Подарок к юбилею',
  'по звонку мужа',
  'Тариф от Февронии',
  'family-of-nine',
  '0098765432',
];
/** The same values as a dump may spell them: phones and dates as people write them, and anything in bytes. */
const IN_A_DUMP = [
  ...VALUES,
  '916 123',
  '(916)',
  '916-123',
  '123-98-76',
  '123 98 76',
  '05.06.1987',
  'xn--80aacqhjur',
  ...[PHONE.slice(1), 'Феврони', 'Ермолаевна', 'Забелинская', 'fevronia'].map((value) =>
    Buffer.from(value).toString('hex'),
  ),
];

const OF_ORDERS = ['order_tickets', 'order_events', 'callback_deliveries', 'callback_attempts'];

const DATABASE = 'erasure';

async function databaseOn(server: PostgresServer): Promise<TestDatabase> {
  await createDatabaseOn(server, DATABASE);
  return openDatabase(server.url(DATABASE));
}

interface Erasure {
  readonly erased: number;
  readonly pending: number;
  readonly where: Readonly<Record<string, number>>;
}

describe('a member who asks for erasure', () => {
  /** Where the machine has one with pg_dump: the embedded one has none. */
  let server: PostgresServer | undefined;
  let database: TestDatabase;
  let gateway: GatewayProcess;
  let api: Koshelek;
  let card: string;

  beforeAll(async () => {
    server = findPostgresPrograms() === undefined ? undefined : await createServer(requirePrograms());
    database = server === undefined ? await createDatabase() : await databaseOn(server);
    gateway = await startGateway({ DATABASE_URL: database.url, ROLES: 'loyalty,orders,admin', TROIKA_URL: '' });
    api = koshelek(gateway.publicUrl);
    await leaveTraces();
  });
  afterAll(async () => {
    await gateway.stop();
    await database.drop();
    await server?.remove();
  });

  const erase = async (phone: string): Promise<Erasure> =>
    (await ask<Erasure>(gateway, '/erasures', { phone, why: 'request 17' })).body;
  const issue = async (profile: object): Promise<string> => {
    const { json } = await api.send('POST', '/card/anonymous', profile);
    return (json as { card: { cardNumber: string } }).card.cardNumber;
  };

  /** Everything that the database holds, table by table, as text. */
  async function dump(): Promise<Map<string, string>> {
    const { rows: tables } = await database.pool.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
    );
    const texts = new Map<string, string>();
    for (const { name } of tables) {
      const { rows } = await database.pool.query<{ text: string }>(`select t::text as text from ${name} t`);
      texts.set(name, rows.map(({ text }) => text).join('\n'));
    }
    return texts;
  }

  async function tracesOf(values: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const [table, text] of await dump()) {
      for (const value of values) if (text.includes(value)) found.push(`${table}: ${value}`);
    }
    return found;
  }

  /** What pg_dump writes of the whole database. */
  async function inDump(values: readonly string[]): Promise<string[]> {
    if (server === undefined) return [];
    const text = (await dumpText(server, DATABASE)).toLowerCase();
    expect(text).toContain('insert into public.schema_migrations');
    return values.filter((value) => text.includes(value.toLowerCase()));
  }

  /** Uses everything that the programme and the orders can do for one person. */
  async function leaveTraces(): Promise<void> {
    card = await issue(PERSON);
    await api.send('PUT', `/card/${card}/communication`, { allow: ['sms'], deny: ['call'] });
    await api.send('PUT', `/card/${card}/communication`, { deny: ['sms'] });
    await database.pool.query(`insert into receipt_rules (description, percent) values ('Кешбэк', 5)`);
    await database.pool.query(`insert into promo_codes (code, description, bonus) values ('SPRING', 'Весна', 10)`);
    await database.pool.query(`insert into offers (id, title, for_all) values ('own', 'Скидка', false)`);
    const qrCode = 't=20260317T1923&s=1498.00&fn=9282440300669857&i=25151&fp=1186123459&n=1';
    await api.send('POST', '/promo/qrCode', { qrCode, msisdn: PHONE, device: 'device-of-fevronia' });
    await api.send('POST', '/promo/code', { code: 'SPRING', cardNumber: card, device: 'device-of-fevronia' });
    await database.pool.query(
      `insert into purchases (card_number, bought_at, item, amount, location, external_id)
       values ($1, now(), 'Настойка пустырника', 51900, 'Аптека у вокзала', 'cheque-1')`,
      [card],
    );
    await database.pool.query(`insert into offer_cards values ($1, 'own')`, [card]);
    await database.pool.query(`insert into special_phones (phone) values ($1)`, [PHONE]);
    await database.pool.query(`insert into special_phone_params values ($1, 1, 'terms', 'family-of-nine')`, [PHONE]);
    await fetch(`${gateway.internalUrl}/admin/cards/${card}/balance`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer test-admin-key',
        'content-type': 'application/json',
        'idempotency-key': 'gift-1',
      },
      body: JSON.stringify({ amount: '50', description: 'Подарок к юбилею', why: 'Подарок к юбилею' }),
    });
    await ask(gateway, `/cards/${card}/block`, { why: 'по звонку мужа' });
    await ask(gateway, `/cards/${card}/unblock`, { why: 'по звонку мужа' });
    await read(gateway, `/cards?phone=${PHONE}`);
    const order = await placeOrder(database, 'confirmed', {
      body: { orderData: [], phone: `+${PHONE}`, name: 'Феврония', surname: 'Забелинская', email: 'fevronia@mail.ru' },
      metadata: { note: 'Тариф от Февронии' },
    });
    await database.pool.query(
      `update orders set request_hash = sha256('a whole request'), result_message = $2,
              callback_url = 'https://shop.example.com/hooks' where id = $1`,
      [order, `для +${PHONE}`],
    );
    await database.pool.query(
      `insert into order_tickets (order_id, order_tariff_id, position, card_number, status)
       values ($1, '1', 1, '0098765432', 'written')`,
      [order],
    );
    // The line of the history queues the callback, with the order as it is.
    await database.pool.query(
      `insert into order_events (order_id, status, cause, detail) values ($1, 'confirmed', 'answered', 'Феврония')`,
      [order],
    );
    await database.pool.query(
      `insert into callback_attempts (delivery_id, number, detail) select id, 1, 'no such Феврония' from callback_deliveries`,
    );
    await database.pool.query(
      `insert into audit (who, action, order_id, why, details)
       values ('ops', 'order.resolve', $1, 'по звонку мужа', '{"checkDetail": "Феврония", "force": true}')`,
      [order],
    );
  }

  it('leaves nothing of the person in any table or in a dump, and the answer says where it was', async () => {
    const other = await issue({ phone: '79160001122', surname: 'Соседова', email: 'sosed@example.com' });
    await api.send('PUT', `/card/${other}/communication`, { allow: ['sms'] });
    const before = await tracesOf(VALUES);
    for (const table of [
      'members',
      'cards',
      'purchases',
      'receipts',
      'promo_redemptions',
      'audit',
      'orders',
      ...OF_ORDERS,
    ]) {
      expect(before.map((found) => found.split(': ')[0])).toContain(`public.${table}`);
    }
    if (server !== undefined) expect(await inDump(IN_A_DUMP)).toEqual(expect.arrayContaining(VALUES));
    const history = await consentHistory();
    const erasure = await erase('+7 (916) 123-98-76');
    expect(erasure).toEqual({
      erased: 1,
      pending: 0,
      where: {
        orders: 1,
        members: 1,
        cards: 1,
        channel_consents: 2,
        offer_cards: 1,
        purchases: 1,
        receipts: 1,
        promo_redemptions: 1,
        bonus_lots: 3,
        balance_adjustments: 1,
        audit: expect.any(Number),
        special_phones: 1,
        special_phone_params: 1,
      },
    });
    expect(erasure.where['audit']).toBeGreaterThanOrEqual(3);
    expect(await tracesOf(VALUES)).toEqual([]);
    expect(await inDump(IN_A_DUMP)).toEqual([]);
    expect(await tracesOf(['Соседова', 'sosed@example.com'])).not.toEqual([]);
    // The consent, its time and its call are still proven; the person is unknown.
    expect(await consentHistory()).toEqual(history);
    expect(history).toHaveLength(3);
  });

  async function consentHistory(): Promise<unknown[]> {
    const { rows } = await database.pool.query<object>(
      'select channel, allowed, at, source from channel_consent_history where card_number = $1 order by id',
      [card],
    );
    return rows;
  }

  it('cannot be found again by trying all phones on the hash of a request', async () => {
    const { rows } = await database.pool.query<{ hashes: string }>(
      `select (select count(request_hash) from orders where anonymised_at is not null)
            + (select count(request_hash) from balance_adjustments where card_number = $1) as hashes`,
      [card],
    );
    expect(rows).toEqual([{ hashes: '0' }]);
  });

  it('is on record with who erased, why, and how much of what, but not with the phone', async () => {
    const [entry] = (await auditOf(gateway)).filter(({ action }) => action === 'person.erase');
    expect(entry).toMatchObject({
      who: 'ops',
      why: 'request 17',
      details: { orders: 1, programme: { members: 1, cards: 1, purchases: 1 } },
    });
  });

  it('leaves the number of the card, which no one can have, change or use again', async () => {
    expect((await api.get(`/card?msisdn=${PHONE}`)).text).toBe('');
    expect((await api.get(`/card/${card}`)).code).toBe('3002');
    expect((await api.send('PUT', `/card/${card}`, { surname: 'Новая' })).code).toBe('3002');
    expect((await api.send('PUT', `/card/${card}/communication`, { allow: ['sms'] })).code).toBe('3001');
    expect((await api.send('POST', `/card/anonymous/${card}`, { phone: '79160003344' })).code).toBe('4003');
    expect((await api.send('POST', `/card/anonymous/${card}`, { phone: PHONE })).code).toBe('4003');
    const code = await api.send('POST', '/promo/code', { code: 'SPRING', cardNumber: card });
    expect(code.code).toBe('3002');
    for (const action of ['block', 'unblock'])
      expect((await ask(gateway, `/cards/${card}/${action}`, { why: 'again' })).status).toBe(404);
    const shown = await read<{ state: string; holder: object }>(gateway, `/cards/${card}`);
    expect([shown.status, shown.body.state, shown.body.holder]).toEqual([200, 'blocked', {}]);
    const listed = await read<{ cards: { holder: object }[] }>(gateway, `/cards?number=${card}`);
    expect(listed.body.cards).toEqual([
      expect.objectContaining({ number: card, holder: { name: null, phone: null, email: null } }),
    ]);
    await expect(
      database.pool.query(
        'update cards set member_id = (select min(id) from members), erased_at = null where number = $1',
        [card],
      ),
    ).rejects.toThrow('never given to another');
  });

  it('does not come back with a file of yesterday', async () => {
    const send = async (kind: string, csv: string): Promise<string> => {
      const response = await fetch(`${gateway.internalUrl}/admin/import/${kind}`, {
        method: 'POST',
        headers: { authorization: 'Bearer test-admin-key', 'content-type': 'text/csv' },
        body: csv,
      });
      return response.text();
    };
    const clients = await send('clients', `card_number;phone;last_name\n${card};${PHONE};Забелинская\n`);
    expect(clients).toContain('is the number of a card whose holder was erased');
    const purchases = await send(
      'purchases',
      `external_id;card_number;date;item;amount_rub\ncheque-1;${card};2026-03-17;Настойка пустырника;519.00\n`,
    );
    expect(purchases).toContain('is the number of no card');
    expect(await tracesOf(VALUES)).toEqual([]);
  });

  it('may join again as a new member, and be erased again; a repeated erasure finds nothing', async () => {
    const again = await erase(PHONE);
    expect([again.erased, again.where['members'], again.where['cards']]).toEqual([0, 0, 0]);
    const next = await issue({ phone: PHONE, surname: 'Забелинская' });
    expect(next).not.toBe(card);
    expect((await erase(PHONE)).where).toMatchObject({ members: 1, cards: 1 });
    expect(await tracesOf(VALUES)).toEqual([]);
  });
});
