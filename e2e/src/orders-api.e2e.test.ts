import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { postOrder, SEED_ORDER, untilStatus, type OrderView } from './harness/api.js';
import { call, type ProblemView } from './harness/calls.js';
import { createDatabase, type TestDatabase } from './harness/database.js';
import { startGateway, type GatewayProcess } from './harness/gateway-process.js';
import { queueChoices, unique } from './harness/queues.js';
import { executedOrders, openSandbox, setFaults } from './harness/sandbox.js';

interface Outcome {
  readonly status: number;
  readonly replayed?: boolean;
  readonly order?: OrderView;
  readonly problem?: ProblemView;
}
interface Page {
  readonly orders: readonly (OrderView & { reference: string | null; createdAt: string })[];
  readonly nextCursor: string | null;
}

// Without a worker every order stays where it is put.
describe('the orders API', () => {
  let database: TestDatabase;
  let gateway: GatewayProcess;
  beforeAll(async () => {
    database = await createDatabase();
    gateway = await startGateway({ DATABASE_URL: database.url, ROLES: 'orders' });
  });
  afterAll(async () => {
    await gateway.stop();
    await database.drop();
  });

  const entry = (overrides: object = {}) => ({ idempotencyKey: unique('key'), order: SEED_ORDER, ...overrides });
  const postBatch = async (orders: unknown) =>
    (await call<{ outcomes: Outcome[] }>(gateway, 'POST', '/orders/batch', { body: { orders } })).body.outcomes;
  const post = async (body: object = {}): Promise<OrderView> =>
    (await (await postOrder(gateway, { body: { order: SEED_ORDER, ...body } })).json()) as OrderView;
  const list = (query: string) => call<Page & ProblemView>(gateway, 'GET', `/orders?${query}`);
  const put = (id: string, status: string) =>
    database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status)
       values ($1::uuid, 'shop', $1::text, '', '{"orderData":[]}', $2)`,
      [id, status],
    );

  describe('a batch', () => {
    it('takes a thousand orders, each large, and answers in their order', async () => {
      const metadata = { note: 'ж'.repeat(8_000) };
      const orders = Array.from({ length: 1_000 }, (_, index) => entry({ reference: `batch-${index}`, metadata }));
      const outcomes = await postBatch(orders);
      expect(outcomes.map(({ status, order }) => [status, (order as { reference?: string }).reference])).toEqual(
        orders.map((_, index) => [202, `batch-${index}`]),
      );
      const { rows } = await database.pool.query(`select from orders where reference like 'batch-%'`);
      expect(rows).toHaveLength(1_000);
    });

    it('answers for each entry as if it had come alone, whatever the others are', async () => {
      const known = entry();
      await postOrder(gateway, { key: known.idempotencyKey });
      const outcomes = await postBatch([
        entry(),
        { order: SEED_ORDER },
        entry({ order: { ...SEED_ORDER, phone: '8 (800)' } }),
        'no order',
        known,
        entry({ idempotencyKey: known.idempotencyKey, reference: 'another' }),
        entry({ surprise: 1 }),
      ]);
      expect(
        outcomes.map(({ status, replayed, problem }) => [status, replayed, problem?.errors?.map((e) => e.pointer)]),
      ).toEqual([
        [202, undefined, undefined],
        [422, undefined, ['/orders/1/idempotencyKey']],
        [422, undefined, ['/orders/2/order/phone']],
        [422, undefined, ['/orders/3']],
        [202, true, undefined],
        [422, undefined, undefined],
        [422, undefined, ['/orders/6/surprise']],
      ]);
    });

    it('makes one order of one key, and it is the first good entry that makes it', async () => {
      const idempotencyKey = unique('key');
      const same = entry({ idempotencyKey, reference: 'first' });
      const filler = Array.from({ length: 300 }, () => entry());
      const outcomes = await postBatch([
        entry({ idempotencyKey, order: {} }),
        same,
        ...filler,
        same,
        entry({ idempotencyKey, reference: 'second' }),
      ]);
      const [faulty, made] = outcomes;
      const [again, misused] = outcomes.slice(-2);
      expect([faulty?.status, made?.status, made?.replayed]).toEqual([422, 202, undefined]);
      expect([again?.status, again?.replayed, again?.order?.id]).toEqual([202, true, made?.order?.id]);
      expect(misused?.status).toBe(422);
    });

    it.each([
      ['no list', {}],
      ['an empty one', { orders: [] }],
      ['more than a thousand', { orders: Array.from({ length: 1_001 }, () => ({})) }],
      ['an unknown field', { orders: [{}], more: 1 }],
      ['a list as the body', []],
    ])('is refused as a whole for %s', async (_, body) => {
      const answer = await call<ProblemView>(gateway, 'POST', '/orders/batch', { body });
      expect([answer.status, answer.contentType]).toEqual([422, 'application/problem+json']);
      expect(answer.body.errors).toHaveLength(1);
    });

    it('has a larger body limit than a single order, and both end', async () => {
      const body = { orders: 'x'.repeat(2 * 1024 * 1024) };
      expect((await call(gateway, 'POST', '/orders/batch', { body })).status).toBe(422);
      expect((await call(gateway, 'POST', '/orders', { body })).status).toBe(413);
      const more = { orders: 'x'.repeat(33 * 1024 * 1024) };
      expect((await call(gateway, 'POST', '/orders/batch', { body: more })).status).toBe(413);
    });
  });

  describe('the list', () => {
    const reference = unique('list');

    it('comes newest first, page by page, none twice and none missing while others are accepted', async () => {
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
      const ids = Object.fromEntries(
        ['unknown', 'failed', 'rejected', 'confirmed', 'sending'].map((status) => [status, randomUUID()]),
      );
      for (const [status, id] of Object.entries(ids)) await put(id, status);
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

  describe('cancelling before sending', () => {
    it('ends the order, and a repeated call answers the same', async () => {
      const { id } = await post();
      const first = await call<OrderView>(gateway, 'POST', `/orders/${id}/cancel`);
      const again = await call<OrderView>(gateway, 'POST', `/orders/${id}/cancel`, { body: {} });
      expect([first.status, first.body.status]).toEqual([200, 'cancelled']);
      expect(again).toEqual(first);
      const { body } = await call<{ events: { status: string; cause: string }[] }>(
        gateway,
        'GET',
        `/orders/${id}/events`,
      );
      expect(body.events.map(({ status, cause }) => [status, cause])).toEqual([
        ['accepted', 'accepted'],
        ['cancelled', 'cancelled-before-sending'],
      ]);
    });

    it('works between attempts', async () => {
      const id = randomUUID();
      await put(id, 'retrying');
      expect((await call<OrderView>(gateway, 'POST', `/orders/${id}/cancel`)).body.status).toBe('cancelled');
    });

    it.each(['sending', 'confirmed', 'rejected', 'unknown', 'failed'])(
      'is refused with the reason when the order is %s, and changes nothing',
      async (status) => {
        const id = randomUUID();
        await put(id, status);
        const answer = await call<ProblemView>(gateway, 'POST', `/orders/${id}/cancel`);
        expect([answer.status, answer.contentType]).toEqual([409, 'application/problem+json']);
        expect(answer.body.detail).toContain(`The order is ${status}`);
        expect((await call<OrderView>(gateway, 'GET', `/orders/${id}`)).body.status).toBe(status);
      },
    );

    it('refuses an unknown order, a body with fields and a wrong key', async () => {
      const path = `/orders/${randomUUID()}/cancel`;
      expect((await call(gateway, 'POST', path)).status).toBe(404);
      expect((await call(gateway, 'POST', path, { body: { why: 'x' } })).status).toBe(422);
      expect((await call(gateway, 'POST', path, { secret: 'wrong' })).status).toBe(401);
    });
  });

  describe('characters that PostgreSQL cannot hold', () => {
    it.each([
      ['a NUL in the reference', { reference: 'a\0' }],
      ['half a surrogate pair in the reference', { reference: 'a\ud800' }],
      ['a NUL in a name', { order: { ...SEED_ORDER, name: 'a\0' } }],
      ['a NUL in the name of a field', { 'a\0': 1 }],
    ])('are a fault of the order: %s', async (_, fields) => {
      const answer = await postOrder(gateway, { body: { order: SEED_ORDER, ...fields } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
    });
  });
});

describe.each(queueChoices())('a batch, with the queue on $queue', ({ env }) => {
  it('reaches the partner, each order once, with what was sent and answered on record', async () => {
    const [database, sandbox] = await Promise.all([createDatabase(), openSandbox()]);
    const gateway = await startGateway({
      ...env(),
      DATABASE_URL: database.url,
      TROIKA_URL: sandbox.url,
      TROIKA_RATE_PER_SECOND: '1000',
    });
    try {
      const orders = Array.from({ length: 40 }, () => ({ idempotencyKey: unique('key'), order: SEED_ORDER }));
      const { body } = await call<{ outcomes: Outcome[] }>(gateway, 'POST', '/orders/batch', { body: { orders } });
      for (const { order } of body.outcomes) await untilStatus(gateway, order?.id ?? '', 'confirmed');
      expect(await executedOrders(sandbox)).toHaveLength(40);

      await setFaults(sandbox, 'refuse');
      const refused = (await (await postOrder(gateway)).json()) as OrderView;
      await untilStatus(gateway, refused.id, 'rejected');
      const history = await call<{ attempts: object[] }>(gateway, 'GET', `/orders/${refused.id}/attempts`);
      expect(history.body.attempts).toEqual([
        {
          number: 1,
          startedAt: expect.any(String),
          endedAt: expect.any(String),
          outcome: 'answered',
          reason: null,
          httpStatus: 200,
          resultCode: expect.any(Number),
          resultMessage: expect.any(String),
          durationMs: expect.any(Number),
          keyId: expect.any(String),
          answer: null,
        },
      ]);
    } finally {
      await gateway.stop();
      await sandbox.close();
      await database.drop();
    }
  });
});
