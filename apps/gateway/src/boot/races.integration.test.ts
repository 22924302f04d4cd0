import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { OWN_CARD } from '../orders/example-order.js';
import { collectRoutes } from '../testing/collect-routes.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

const OPS = 'a-key-of-an-operator';
const CALLERS = 8;
const ROTATIONS = 4;
const ROUNDS = 10;

interface KeyView {
  readonly id: string;
  readonly secret: string;
}

describe('two processes of one ledger', () => {
  let database: TestDatabase;
  let gateways: readonly [Gateway, Gateway];
  const { servers, stop } = collectRoutes();

  beforeAll(async () => {
    database = await openTestDatabase();
    const env = { ROLES: 'orders,admin', ADMIN_API_KEYS: `ops:${OPS}`, ORDERS_API_KEYS: 'shop:a-key-of-the-shop' };
    gateways = [await startTestGateway(database, env), await startTestGateway(database, env)];
  });
  afterAll(async () => {
    stop();
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await database.close();
  });
  beforeEach(() => database.pool.query('truncate orders cascade'));

  async function call(
    { internalUrl }: Gateway,
    path: string,
    secret: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(internalUrl + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  }
  const place = async (gateway: Gateway, secret: string): Promise<number> =>
    (await call(gateway, '/orders', secret, { order: OWN_CARD }, { 'idempotency-key': randomUUID() })).status;
  const makeKey = async (rights: object): Promise<KeyView> =>
    (await call(gateways[0], '/admin/keys', OPS, { name: `key-${randomUUID()}`, ...rights })).body as KeyView;
  const revoke = ({ id }: KeyView) => call(gateways[0], `/admin/keys/${id}/revoke`, OPS, {});
  const countOrders = async (): Promise<number> => (await database.pool.query('select from orders')).rowCount ?? 0;

  it('refuse no one who uses the newest key at once, in either, while it is rotated under load', async () => {
    let { id, secret } = await makeKey({ audience: 'orders' });
    const over = new AbortController();
    const statuses: number[] = [];
    const callers = Array.from({ length: CALLERS }, async (_, index) => {
      while (!over.signal.aborted) statuses.push(await place(gateways[index % 2] as Gateway, secret));
    });
    for (let rotation = 0; rotation < ROTATIONS; rotation += 1) {
      // Each in turn makes the key, so that the other one always has something to learn.
      const at = gateways[rotation % 2] as Gateway;
      ({ id, secret } = (await call(at, `/admin/keys/${id}/rotate`, OPS, { overlapSecs: 600 })).body as KeyView);
      const { length } = statuses;
      while (statuses.length < length + 5 * CALLERS) await new Promise((resolve) => setImmediate(resolve));
    }
    over.abort();
    await Promise.all(callers);
    expect([...new Set(statuses)]).toEqual([202]);
    expect(await countOrders()).toBe(statuses.length);
  });

  it('take an order with a key that is being revoked, or refuse it, and keep exactly those that were taken', async () => {
    const key = await makeKey({ audience: 'orders' });
    const statuses: number[] = [];
    const callers = Array.from({ length: CALLERS }, async (_, index) => {
      for (let status = 202; status === 202; statuses.push(status)) {
        status = await place(gateways[index % 2] as Gateway, key.secret);
      }
    });
    while (statuses.length < 5 * CALLERS) await new Promise((resolve) => setImmediate(resolve));
    expect((await revoke(key)).status).toBe(200);
    expect(await place(gateways[0], key.secret)).toBe(401);
    await Promise.all(callers);
    expect(new Set(statuses)).toEqual(new Set([202, 401]));
    expect(await countOrders()).toBe(statuses.filter((status) => status === 202).length);
  });

  it.each([
    ['an order', '/orders', { audience: 'orders' }, 'application/json', JSON.stringify({ order: OWN_CARD })],
    [
      'a new key',
      '/admin/keys',
      { audience: 'admin', role: 'admin' },
      'application/json',
      '{"audience":"orders","name":"mine"}',
    ],
    ['an import', '/admin/import/offers', { audience: 'admin', role: 'admin' }, 'text/csv', 'id;title\n1;mine\n'],
  ])('refuse %s whose body was held back until its key was revoked', async (_, path, rights, type, body) => {
    const key = await makeKey(rights);
    const call = httpRequest(`${gateways[0].internalUrl}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key.secret}`,
        'content-type': type,
        'content-length': Buffer.byteLength(body),
        'idempotency-key': randomUUID(),
      },
    });
    const answered = once(call, 'response') as Promise<[IncomingMessage]>;
    const arrived = Promise.race(servers.map(({ server }) => once(server.server, 'request')));
    call.flushHeaders();
    await arrived;
    await revoke(key);
    call.end(body);
    const [answer] = await answered;
    answer.resume();
    expect(answer.statusCode).toBe(401);
    expect(await countOrders()).toBe(0);
  });

  it('settle an unknown order once, when several operators decide about it at the same instant', async () => {
    // oxlint-disable-next-line unicorn/no-thenable -- no promise: what an operator wants then
    const notCreated = (then: string): object => ({ decision: 'not-created', then });
    const decisions = [notCreated('resend'), notCreated('fail'), notCreated('resend')];
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = randomUUID();
      await database.pool.query(
        `insert into orders (id, api_key_name, idempotency_key, body, status) values ($1::uuid, 'shop', $1::text, '{}', 'unknown')`,
        [id],
      );
      const confirmed = { decision: 'confirmed', troikaOrderId: 40_000 + round, force: true };
      const answers = await Promise.all(
        [...decisions, confirmed].map((decision, index) =>
          call(gateways[index % 2] as Gateway, `/admin/orders/${id}/resolve`, OPS, decision),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
      const { rows } = await database.pool.query<object>(
        `select o.status, o.generation, o.troika_order_id as paid,
                (select count(*)::int from audit a where a.order_id = o.id and a.action = 'order.resolve') as decisions,
                (select count(*)::int from order_events e where e.order_id = o.id) as events
           from orders o where id = $1`,
        [id],
      );
      const settled = answers.find(({ status }) => status === 200)?.body as { status: string };
      const isAgain = settled.status === 'retrying';
      expect(rows).toEqual([
        {
          status: settled.status,
          generation: isAgain ? 1 : 0,
          paid: settled.status === 'confirmed' ? String(40_000 + round) : null,
          decisions: 1,
          events: 1,
        },
      ]);
    }
  });
});
