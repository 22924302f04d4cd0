import { describe, expect, it } from '@jest/globals';
import { postOrder, SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import { call, type ProblemView } from '../harness/calls.js';
import { queueChoices, unique } from '../harness/queues.js';
import { executedOrders, setFaults } from '../harness/sandbox.js';
import { withGateway } from '../harness/with-gateway.js';

interface Outcome {
  readonly status: number;
  readonly replayed?: boolean;
  readonly order?: OrderView;
  readonly problem?: ProblemView;
}

describe('a batch', () => {
  const { gateway, database } = withGateway({ env: { ROLES: 'orders' } });

  const entry = (overrides: object = {}) => ({ idempotencyKey: unique('key'), order: SEED_ORDER, ...overrides });
  const postBatch = async (orders: unknown) =>
    (await call<{ outcomes: Outcome[] }>(gateway, 'POST', '/orders/batch', { body: { orders } })).body.outcomes;

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

  it('answers each entry independently of the others', async () => {
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

describe.each(queueChoices())('a batch, with the queue on $queue', (queue) => {
  const { gateway, sandbox } = withGateway({ queue, sandbox: true });

  it('reaches the partner, each order once, with its attempts recorded', async () => {
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
        partnerRequestId: null,
        sent: expect.stringMatching(/"cardNumber" ?: ?"\*+\d{4}"/),
        answer: expect.stringContaining('"resultCode"'),
      },
    ]);
  });
});
