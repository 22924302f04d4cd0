import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ORDER_SCOPES, type OrderScope } from '../config/order-scopes.js';
import { collectRoutes } from '../testing/collect-routes.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

/** What each call of producers needs; `any`: a key is enough, because what it answers belongs to that key or to no one. */
const NEEDED: Readonly<Record<string, OrderScope | 'any'>> = {
  'POST /orders': 'orders:write',
  'POST /orders/batch': 'orders:write',
  'GET /orders': 'orders:read',
  'GET /orders/:id': 'orders:read',
  'GET /orders/:id/attempts': 'orders:read',
  'GET /orders/:id/events': 'orders:read',
  'GET /orders/:id/tickets/:orderTariffId': 'orders:read',
  'POST /orders/:id/cancel': 'orders:cancel',
  'POST /orders/:id/tickets/:orderTariffId/cancel': 'orders:cancel',
  'GET /callbacks/endpoints': 'any',
  'POST /callbacks/endpoints/:id/enable': 'any',
  'POST /callbacks/endpoints/:id/disable': 'any',
  'GET /callbacks/deliveries': 'any',
  'GET /callbacks/deliveries/:id': 'any',
  'POST /callbacks/deliveries/:id/redeliver': 'any',
  'POST /callbacks/test': 'any',
  'GET /catalog/tariffs': 'any',
  'GET /catalog/card-types': 'any',
  'GET /catalog/regions': 'any',
  'GET /account': 'any',
};
const ABOUT_AN_ORDER = Object.keys(NEEDED).filter((route) => route.includes('/orders/:id'));

/** One key for each scope alone, and one for what every producer may. */
const KEYS = { shop: 'the-key-of-the-shop', other: 'the-key-of-another-producer' } as const;
const keyOf = (scope: OrderScope): string => `a-key-for-${scope.replace(':', '-')}`;

describe("producers' keys", () => {
  let database: TestDatabase;
  let gateway: Gateway;
  let orderId: string;
  const { servers, stop } = collectRoutes();

  beforeAll(async () => {
    database = await openTestDatabase();
    const scoped = ORDER_SCOPES.map((scope) => ({ name: scope.replace(':', '-'), scope }));
    gateway = await startTestGateway(database, {
      ROLES: 'orders,admin',
      ADMIN_API_KEYS: 'ops:a-key-of-an-operator',
      ORDERS_API_KEYS: [
        ...Object.entries(KEYS).map(([name, secret]) => `${name}:${secret}`),
        ...scoped.map(({ name, scope }) => `${name}:${keyOf(scope)}`),
      ].join(','),
      ORDERS_API_KEY_SCOPES: scoped.map(({ name, scope }) => `${name}=${scope}`).join(','),
    });
    orderId = randomUUID();
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body) values ($1, 'shop', 'first', '', '{"orderData":[]}')`,
      [orderId],
    );
  });
  afterAll(async () => {
    stop();
    await gateway.stop();
    await database.close();
  });

  async function call(route: string, key: string, id = orderId): Promise<{ status: number; text: string }> {
    const [method = '', path = ''] = route.split(' ');
    const url = `${gateway.internalUrl}${path.replace(':id', id).replace(/:\w+/, '1')}`;
    const answer = await fetch(url, { method, headers: { authorization: `Bearer ${key}` } });
    return { status: answer.status, text: await answer.text() };
  }

  it('have a row in the table for every route that they may call', () => {
    const routes = servers[0]?.routes.map(({ method, url }) => `${method} ${url}`) ?? [];
    const closed = routes.filter(
      (route) => !/^(HEAD|OPTIONS) |^GET \/(docs|openapi\.json|console|problems)| \/admin\//.test(route),
    );
    expect(closed.toSorted()).toEqual(Object.keys(NEEDED).toSorted());
  });

  it.each(Object.entries(NEEDED))('make the call %s only with the scope: %s', async (route, needed) => {
    for (const scope of ORDER_SCOPES) {
      const isEnough =
        needed === 'any' || scope === needed || (needed === 'orders:read' && scope === 'orders:read-all');
      const { status, text } = await call(route, keyOf(scope), randomUUID());
      if (isEnough) expect({ scope, status }).not.toMatchObject({ status: 403 });
      else expect({ scope, status, text }).toMatchObject({ status: 403, text: expect.stringContaining(needed) });
    }
  });

  it.each(ABOUT_AN_ORDER)('learn nothing of an order of another key from %s', async (route) => {
    const theirs = await call(route, KEYS.other);
    const none = await call(route, KEYS.other, randomUUID());
    expect(theirs.status).toBe(404);
    expect(theirs).toEqual(none);
    expect((await call(route, KEYS.shop)).text).not.toBe(theirs.text);
  });

  it.each(ABOUT_AN_ORDER)('with orders:read-all read orders of other keys and change none: %s', async (route) => {
    const { status, text } = await call(route, keyOf('orders:read-all'));
    if (NEEDED[route] === 'orders:read') expect(text).not.toContain('There is no order with this id.');
    else expect(status).toBe(403);
  });

  it('list the orders of their key, and with orders:read-all those of all keys', async () => {
    const idsOf = async (key: string): Promise<string[]> => {
      const { orders } = JSON.parse((await call('GET /orders', key)).text) as { orders: { id: string }[] };
      return orders.map(({ id }) => id);
    };
    expect(await idsOf(KEYS.shop)).toEqual([orderId]);
    expect(await idsOf(KEYS.other)).toEqual([]);
    expect(await idsOf(keyOf('orders:read-all'))).toEqual([orderId]);
  });

  it('are named by the orders that they have placed', async () => {
    const { text } = await call('GET /orders/:id', KEYS.shop);
    expect(JSON.parse(text)).toMatchObject({ placedBy: 'shop' });
  });
});
