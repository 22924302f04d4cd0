import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { postOrder, SEED_ORDER, type OrderView } from '../harness/api.js';
import { call, type ProblemView } from '../harness/calls.js';
import { placeOrder } from '../harness/place-order.js';
import { unique } from '../harness/queues.js';
import { withGateway } from '../harness/with-gateway.js';

interface Page {
  readonly orders: readonly (OrderView & { reference: string | null; createdAt: string })[];
  readonly nextCursor: string | null;
}

// Without a worker every order stays where it is put.
describe('the list of orders', () => {
  const { gateway, database } = withGateway({ env: { ROLES: 'orders' } });

  const entry = (overrides: object = {}) => ({ idempotencyKey: unique('key'), order: SEED_ORDER, ...overrides });
  const postBatch = (orders: unknown) => call(gateway, 'POST', '/orders/batch', { body: { orders } });
  const post = async (body: object = {}): Promise<OrderView> =>
    (await (await postOrder(gateway, { body: { order: SEED_ORDER, ...body } })).json()) as OrderView;
  const list = (query: string) => call<Page & ProblemView>(gateway, 'GET', `/orders?${query}`);

  const reference = unique('list');

  it('is sorted newest first, page by page, with none twice and none missing while others are accepted', async () => {
    await postBatch(Array.from({ length: 25 }, () => entry({ reference })));
    const seen: string[] = [];
    let cursor = '';
    for (;;) {
      const { body } = await list(`reference=${reference}&limit=4${cursor}`);
      seen.push(...body.orders.map(({ id }) => id));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
      if (seen.length < 20) await post({ reference });
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  it('is filtered by status, one or several, by reference and by time', async () => {
    const ids: Record<string, string> = {};
    for (const status of ['unknown', 'failed', 'rejected', 'confirmed', 'sending']) {
      ids[status] = await placeOrder(database, status);
    }
    const idsOf = async (query: string) => new Set((await list(query)).body.orders.map(({ id }) => id));
    expect(await idsOf('status=unknown')).toEqual(new Set([ids['unknown']]));
    expect(await idsOf('status=failed,rejected,sending,failed')).toEqual(
      new Set([ids['failed'], ids['rejected'], ids['sending']]),
    );
    const { createdAt } = (await list('status=confirmed')).body.orders[0] ?? { createdAt: '' };
    const later = new Date(Date.parse(createdAt) + 1).toISOString();
    const confirmed = new Set([ids['confirmed']]);
    expect(await idsOf(`status=confirmed&from=${createdAt}&to=${later}`)).toEqual(confirmed);
    expect(await idsOf(`status=confirmed&to=${createdAt}`)).toEqual(new Set());
    expect(await idsOf(`status=confirmed&reference=${reference}`)).toEqual(new Set());
    expect((await idsOf(`status=accepted&reference=${reference}`)).size).toBeGreaterThan(24);
  });

  it.each([
    ['status=paid', '/status'],
    ['status=', '/status'],
    ['status=failed&status=unknown', '/status'],
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['limit=1.5', '/limit'],
    ['reference=%00', '/reference'],
    ['reference=', '/reference'],
    ['from=yesterday', '/from'],
    ['from=2026-02-30T00:00:00Z', '/from'],
    ['to=2026-01-01T00:00:00', '/to'],
    ['to=9999-99-99T00:00:00Z', '/to'],
    ['cursor=abc', '/cursor'],
    [`cursor=${Buffer.from(`9999-99-99T00:00:00Z ${randomUUID()}`).toString('base64url')}`, '/cursor'],
    [`cursor=${Buffer.from('2026-01-01T00:00:00Z 1').toString('base64url')}`, '/cursor'],
    ['page=2', '/page'],
  ])('refuses %s and says which parameter is at fault', async (query, pointer) => {
    const answer = await list(query);
    expect([answer.status, answer.contentType]).toEqual([422, 'application/problem+json']);
    expect(answer.body.errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('needs a key, and an unknown order is not found', async () => {
    expect((await call(gateway, 'GET', '/orders', { secret: 'wrong' })).status).toBe(401);
    for (const path of ['', '/attempts', '/events']) {
      expect((await call(gateway, 'GET', `/orders/${randomUUID()}${path}`)).status).toBe(404);
      expect((await call(gateway, 'GET', `/orders/none${path}`)).status).toBe(404);
    }
  });
});
