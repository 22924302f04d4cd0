import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { webhookIdOf } from '../orders/callbacks/webhook-id.js';
import { OWN_CARD } from '../orders/example-order.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import type { Gateway } from './gateway.js';
import { bearer, CALLERS_ENV, PRODUCERS } from './testing/callers.js';
import { PERMISSIONS } from './testing/permissions.js';
import { startTestGateway } from './testing/start-test-gateway.js';

const PRODUCERS_CALLS = Object.entries(PERMISSIONS).filter(
  ([, permission]) => permission === 'producer' || permission.startsWith('orders:'),
);
const ABOUT_SOMETHING = PRODUCERS_CALLS.map(([route]) => route).filter((route) => route.includes(':'));
const LISTS = PRODUCERS_CALLS.map(([route]) => route).filter((route) => /^GET [^:]*$/.test(route));
const READS_ALL = 'a-key-for-orders:read-all';
const TICKET = '40117000';
const URL_OF_SHOP = 'https://shop.example/callbacks';

/** What one producer has, to which another has no right: everything that an address of a call can be about. */
describe("a producer's key", () => {
  let database: TestDatabase;
  let gateway: Gateway;
  const ids = { order: randomUUID(), endpoint: randomUUID(), delivery: randomUUID() };

  beforeAll(async () => {
    database = await openTestDatabase();
    gateway = await startTestGateway(database, { ROLES: 'orders,admin', ...CALLERS_ENV });
    const { pool } = database;
    await pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body, reference, phones)
       values ($1, 'shop', 'first', '', $2, 'of-the-shop', $3)`,
      [ids.order, JSON.stringify(OWN_CARD), [OWN_CARD.phone]],
    );
    await pool.query(`insert into order_events (order_id, status, cause) values ($1, 'accepted', 'posted')`, [
      ids.order,
    ]);
    await pool.query(
      `insert into order_tickets (order_id, order_tariff_id, position, status) values ($1, $2, 0, 'written')`,
      [ids.order, TICKET],
    );
    await pool.query(`insert into callback_hosts (api_key_name, host) values ('shop', 'shop.example')`);
    await pool.query(`insert into callback_endpoints (id, api_key_name, url) values ($1, 'shop', $2)`, [
      ids.endpoint,
      URL_OF_SHOP,
    ]);
    await pool.query(
      `insert into callback_deliveries (id, event_id, order_id, api_key_name, url, endpoint_id, type, at, snapshot, state)
       values ($1, -1, $2, 'shop', $3, $4, 'order.accepted', now(), '{}', 'given-up')`,
      [ids.delivery, ids.order, URL_OF_SHOP, ids.endpoint],
    );
  });
  afterAll(async () => {
    await gateway.stop();
    await database.close();
  });

  /** The address of a call about what the shop has, or about what no one has. */
  function addressOf(url: string, isThere = true): string {
    const id = (own: string): string => (isThere ? own : randomUUID());
    const address = url
      .replace('/orders/:id', `/orders/${id(ids.order)}`)
      .replace(':orderTariffId', TICKET)
      .replace('/endpoints/:id', `/endpoints/${id(ids.endpoint)}`)
      .replace('/deliveries/:id', `/deliveries/${webhookIdOf(id(ids.delivery))}`);
    if (address.includes(':')) throw new Error(`say what ${url} is about, and give some of it to the shop`);
    return address;
  }

  async function call(
    route: string,
    secret: string,
    { isThere = true, accept = '*/*' } = {},
  ): Promise<{ status: number; type: string | null; text: string }> {
    const [method = '', url = ''] = route.split(' ');
    const answer = await fetch(gateway.internalUrl + addressOf(url, isThere), {
      method,
      headers: { authorization: bearer(secret), accept },
    });
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  }

  /** All that the shop has, as it is stored. */
  async function belongings(): Promise<unknown> {
    const tables = [
      'orders',
      'order_events',
      'order_tickets',
      'callback_hosts',
      'callback_endpoints',
      'callback_deliveries',
    ];
    const parts = tables.map((table) => `(select json_agg(t) from ${table} t)`);
    const { rows } = await database.pool.query<object>(`select ${parts.join(', ')}`);
    return rows;
  }

  it.each(ABOUT_SOMETHING)('neither sees nor touches by %s what another producer has', async (route) => {
    const before = await belongings();
    for (const accept of ['*/*', 'text/event-stream']) {
      const theirs = await call(route, PRODUCERS.other, { accept });
      expect(theirs.status).toBe(404);
      expect(theirs).toEqual(await call(route, PRODUCERS.other, { accept, isThere: false }));
    }
    expect(await belongings()).toEqual(before);
  });

  it.each(ABOUT_SOMETHING)(
    'with orders:read-all reads by %s orders of others at most, and changes nothing',
    async (route) => {
      const before = await belongings();
      const { status, text } = await call(route, READS_ALL);
      const permission = PERMISSIONS[route];
      if (permission === 'orders:read') expect(text).not.toContain('There is no order with this id.');
      else expect(status).toBe(permission === 'producer' ? 404 : 403);
      expect(await belongings()).toEqual(before);
    },
  );

  it.each(LISTS)('finds nothing of another producer in %s', async (route) => {
    const queries = ['', `?orderId=${ids.order}`, `?endpoint=${ids.endpoint}`, '?reference=of-the-shop'];
    for (const query of queries) {
      const { text } = await call(`${route}${query}`, PRODUCERS.other);
      for (const trace of [ids.order, ids.endpoint, webhookIdOf(ids.delivery), URL_OF_SHOP, OWN_CARD.phone]) {
        expect(text).not.toContain(trace);
      }
    }
  });

  it('gets an order of its own for an idempotency key that another producer has used', async () => {
    const answer = await fetch(`${gateway.internalUrl}/orders`, {
      method: 'POST',
      headers: {
        authorization: bearer(PRODUCERS.other),
        'idempotency-key': 'first',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ order: OWN_CARD }),
    });
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([202, null]);
    expect(await answer.json()).toMatchObject({ placedBy: 'other', id: expect.not.stringContaining(ids.order) });
  });

  // Last: a key that is let in changes what the cases before compare.
  it('finds what it has itself', async () => {
    const lists = await Promise.all(
      ['GET /orders', 'GET /callbacks/endpoints', 'GET /callbacks/deliveries'].map((route) =>
        call(route, PRODUCERS.shop),
      ),
    );
    expect(lists.map(({ text }) => text)).toEqual([
      expect.stringContaining(ids.order),
      expect.stringContaining(ids.endpoint),
      expect.stringContaining(webhookIdOf(ids.delivery)),
    ]);
    const notFound = [];
    for (const route of ABOUT_SOMETHING.filter((one) => !one.includes('/tickets/'))) {
      if ((await call(route, PRODUCERS.shop)).status === 404) notFound.push(route);
    }
    expect(notFound).toEqual([]);
    expect((await call('GET /orders', READS_ALL)).text).toContain(ids.order);
    expect(JSON.parse((await call('GET /orders/:id', PRODUCERS.shop)).text)).toMatchObject({ placedBy: 'shop' });
  });
});
