import { beforeAll, describe, expect, it } from '@jest/globals';
import { postOrder, SEED_ORDER, type OrderView } from '../harness/api.js';
import { call, type ProblemView } from '../harness/calls.js';
import { unique } from '../harness/queues.js';
import { control, executedOrders } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

interface BatchView {
  readonly outcomes: readonly { status: number; problem?: ProblemView; replayed?: boolean; order?: OrderView }[];
}

describe('an order checked against the dictionaries', () => {
  const { gateway, database, sandbox } = withGateway({ sandbox: true, env: { TROIKA_CATALOG_REFRESH_SECS: '1' } });
  beforeAll(async () => {
    for (const name of ['tariffs', 'card-types', 'regions']) {
      await until(`${name} are there`, async () =>
        (await call(gateway, 'GET', `/catalog/${name}`)).status === 200 ? true : undefined,
      );
    }
  });

  const [LINE] = SEED_ORDER.orderData;
  const orderOf = (line: object, more: object = {}) => ({ ...SEED_ORDER, orderData: [{ ...LINE, ...line }], ...more });
  async function faultsOf(order: object): Promise<(string | undefined)[]> {
    const response = await postOrder(gateway, { body: { order } });
    const { errors = [] } = (await response.json()) as ProblemView;
    return [String(response.status), ...errors.map(({ pointer }) => pointer)];
  }

  it.each<[string, object, string[]]>([
    ['a tariff that is not sold', orderOf({ tariffId: 1 }), ['/order/orderData/0/tariffId']],
    ['a region that is none', orderOf({}, { regionId: 1 }), ['/order/regionId']],
    [
      'a card type that is none',
      orderOf({ type: 'newcard', cardTypeId: 9, cardNumber: undefined }),
      ['/order/orderData/0/cardTypeId'],
    ],
    ['a purse without an amount', orderOf({ tariffId: 2680 }), ['/order/orderData/0/amount']],
    ['a purse with too small an amount', orderOf({ tariffId: 2680, amount: 99.99 }), ['/order/orderData/0/amount']],
    ['a purse with too large an amount', orderOf({ tariffId: 2680, amount: 15_000.01 }), ['/order/orderData/0/amount']],
  ])('is refused for %s', async (_what, order, pointers) => {
    expect(await faultsOf(order)).toEqual(['422', ...pointers]);
    const { rowCount } = await database.pool.query('select from orders where body::text = $1', [JSON.stringify(order)]);
    expect(rowCount).toBe(0);
  });

  it('is taken within the range of its purse, ends included', async () => {
    expect(await faultsOf(orderOf({ tariffId: 2680, amount: 100 }))).toEqual(['202']);
    expect(await faultsOf(orderOf({ tariffId: 2680, amount: 15_000 }, { regionId: 77 }))).toEqual(['202']);
  });

  it('is refused in a batch without affecting the others, with pointers from the batch’s root', async () => {
    const entries = [SEED_ORDER, orderOf({ tariffId: 1 }), orderOf({ tariffId: 2680 })];
    const orders = entries.map((order) => ({ idempotencyKey: unique('batch'), order }));
    const { body } = await call<BatchView>(gateway, 'POST', '/orders/batch', { body: { orders } });
    expect(body.outcomes.map(({ status }) => status)).toEqual([202, 422, 422]);
    expect(body.outcomes.map(({ problem }) => problem?.errors?.[0]?.pointer)).toEqual([
      undefined,
      '/orders/1/order/orderData/0/tariffId',
      '/orders/2/order/orderData/0/amount',
    ]);
  });

  it('is answered again under its key after its tariff has disappeared, and the key stays taken', async () => {
    const key = unique('gone');
    const body = { order: orderOf({ tariffId: 2691 }) };
    const { id } = (await (await postOrder(gateway, { key, body })).json()) as OrderView;
    await control(sandbox, 'DELETE', '/tariffs/2691');
    await until('the tariff is gone', async () => ((await faultsOf(body.order))[0] === '422' ? true : undefined));
    const again = await postOrder(gateway, { key, body });
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([202, 'true']);
    expect(((await again.json()) as OrderView).id).toBe(id);
    const orders = [{ idempotencyKey: key, ...body }];
    const batch = await call<BatchView>(gateway, 'POST', '/orders/batch', { body: { orders } });
    expect(batch.body.outcomes).toMatchObject([{ status: 202, replayed: true, order: { id } }]);
    const other = await postOrder(gateway, { key, body: { order: orderOf({ tariffId: 2691, cardNumber: '5' }) } });
    expect(((await other.json()) as ProblemView).detail).toContain('belongs to another order');
  });

  it('is left to the partner once no one knows what it sells', async () => {
    await database.pool.query(
      `update dictionaries set fetched_at = now() - interval '1 day' where name = 'tariffs';
       update partner_refreshes set due_at = 'infinity', failures = 1 where name = 'tariffs'`,
    );
    const order = orderOf({ tariffId: 2699 });
    await until('it is taken', async () => ((await faultsOf(order))[0] === '202' ? true : undefined));
    expect((await executedOrders(sandbox)).map(({ rawBody }) => rawBody).join('')).not.toContain('2699');
  });
});
