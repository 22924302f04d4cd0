import { describe, expect, it } from '@jest/globals';
import { postOrder, SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import { notCreated } from '../harness/admin.js';
import { call } from '../harness/calls.js';
import { placeOrder } from '../harness/place-order.js';
import { unique } from '../harness/queues.js';
import { setFaults } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

const PHONE = '+71044826548';
const PERSONAL = {
  orderData: [
    {
      type: 'owncard',
      cardNumber: '0012345678',
      tariffId: 2671,
      currencyId: 'RUB',
      amount: 100.5,
      phone: PHONE,
      name: 'Иван',
      email: 'line@example.ru',
    },
    { type: 'owncard', cardNumber: '123', tariffId: 2671, currencyId: 'RUB' },
  ],
  regionId: 77,
  vatNumber: '500100732259',
  name: 'Иван Иванович',
  firstname: 'Иван',
  surname: 'Петров',
  email: 'ivan@example.ru',
  phone: PHONE,
  writeRemote: true,
};
const ANONYMOUS = {
  orderData: [
    { type: 'owncard', cardNumber: '******5678', tariffId: 2671, currencyId: 'RUB', amount: 100.5 },
    { type: 'owncard', cardNumber: '***', tariffId: 2671, currencyId: 'RUB' },
  ],
  regionId: 77,
  writeRemote: true,
};
const TRACES = [PHONE.slice(1), 'Иван', 'Петров', 'example.ru', '500100732259', '0012345678'];

type Erasure = { readonly erased: number; readonly pending: number };
type FullOrder = OrderView & { order: unknown; reference: string | null };

describe('personal data', () => {
  const { gateway, database, sandbox, start } = withGateway({
    sandbox: true,
    env: { ROLES: 'orders,admin', TROIKA_URL: '' },
  });
  const startWorker = (env: Record<string, string> = {}) =>
    start({ ROLES: 'worker', TROIKA_URL: 'http://127.0.0.1:1/', ...env });

  const view = async (id: string) => (await call<FullOrder>(gateway, 'GET', `/orders/${id}`)).body;
  const erase = async (phone: string, why?: string) =>
    (await call<Erasure>(gateway, 'POST', '/admin/erasures', { secret: 'test-admin-key', body: { phone, why } })).body;
  /** Everything that the database holds, as text. */
  const everything = async (): Promise<string> => {
    const { rows } = await database.pool.query<{ text: string }>(
      `select orders::text as text from orders union all select order_attempts::text from order_attempts
       union all select order_events::text from order_events union all select audit::text from audit`,
    );
    return rows.map(({ text }) => text).join('\n');
  };

  it('are erased from settled orders older than RETENTION_DAYS, while ids, amounts and states stay', async () => {
    const of = { body: PERSONAL, reference: 'contract-7', metadata: { customer: 'Иван' }, troikaOrderId: '42' };
    const settled = ['confirmed', 'rejected', 'failed', 'cancelled'];
    const old = await Promise.all(settled.map((status) => placeOrder(database, status, { ...of, ageDays: 31 })));
    const young = await placeOrder(database, 'confirmed', { ...of, ageDays: 29 });
    const open = await Promise.all(
      ['accepted', 'sending', 'retrying', 'unknown'].map((status) =>
        placeOrder(database, status, { ...of, ageDays: 31 }),
      ),
    );
    const before = await view(old[0] ?? '');
    const worker = await startWorker({ RETENTION_DAYS: '30' });
    await until('the old orders are anonymous', async () => {
      const { rowCount } = await database.pool.query('select from orders where anonymised_at is not null');
      return rowCount === settled.length ? true : undefined;
    });
    await worker.stop();
    for (const [index, id] of old.entries()) {
      const order = await view(id);
      expect(order).toMatchObject({ id, status: settled[index], reference: 'contract-7', order: ANONYMOUS });
      expect(order.troika).toEqual({ ...before.troika, resultMessage: null });
      const attempts = await call<{ attempts: object[] }>(gateway, 'GET', `/orders/${id}/attempts`);
      expect(attempts.body.attempts).toEqual([expect.objectContaining({ reason: 'timeout', resultMessage: null })]);
    }
    for (const id of [young, ...open]) expect((await view(id)).order).toEqual(PERSONAL);
    await database.pool.query('delete from orders where not id = any($1)', [old]);
    for (const trace of TRACES) expect(await everything()).not.toContain(trace);
  });

  it('stays without RETENTION_DAYS', async () => {
    const id = await placeOrder(database, 'confirmed', { body: PERSONAL, ageDays: 4_000 });
    const worker = await startWorker();
    await worker.stop();
    expect((await view(id)).order).toEqual(PERSONAL);
    await database.pool.query('delete from orders where id = $1', [id]);
  });

  it('of one person is erased on request, and the audit does not name the person', async () => {
    const [whole, line] = await Promise.all([
      placeOrder(database, 'confirmed', { body: PERSONAL, metadata: { note: PHONE, nul: '\0', half: '\ud800' } }),
      // Posted through the API, so that the phone of a line is found too.
      (async () => {
        const orderData = [{ ...SEED_ORDER.orderData[0], phone: PHONE }];
        const response = await postOrder(gateway, { body: { order: { orderData } } });
        const { id } = (await response.json()) as OrderView;
        await call(gateway, 'POST', `/orders/${id}/cancel`);
        return id;
      })(),
    ]);
    const other = await placeOrder(database, 'confirmed', { body: { ...PERSONAL, phone: '+79990000000' } });
    expect(await erase(PHONE, 'request 17')).toMatchObject({ erased: 2, pending: 0, where: { orders: 2, members: 0 } });
    expect((await view(whole)).order).toEqual(ANONYMOUS);
    expect((await view(line)).order).toMatchObject({ orderData: [{ cardNumber: '******7890' }] });
    expect((await view(other)).order).toMatchObject({ surname: 'Петров' });
    const { rows } = await database.pool.query<{ text: string }>('select audit::text as text from audit');
    expect(rows.at(-1)?.text).toContain('request 17');
    for (const { text } of rows) expect(text).not.toContain(PHONE.slice(2));
    expect(await erase(PHONE)).toMatchObject({ erased: 0, pending: 0 });
    await database.pool.query('delete from orders where id = $1', [other]);
  });

  it('of an order on its way is erased once that has been settled', async () => {
    const worker = await start({ ROLES: 'orders,worker', TROIKA_URL: sandbox.url });
    await setFaults(sandbox, 'reset-before');
    const { id } = (await (await postOrder(worker)).json()) as OrderView;
    await untilStatus(worker, id, 'unknown');
    expect(await erase(PHONE)).toMatchObject({ erased: 0, pending: 1 });
    expect((await view(id)).order).toEqual(SEED_ORDER);
    const body = notCreated('fail');
    await call(gateway, 'POST', `/admin/orders/${id}/resolve`, { secret: 'test-admin-key', body });
    const refused = await call(gateway, 'POST', `/admin/orders/${id}/replay`, { secret: 'test-admin-key' });
    expect(refused.status).toBe(409);
    await worker.stop();
    await startWorker();
    await until('the order is anonymous', async () => ((await everything()).includes(PHONE) ? undefined : true));
  });

  it('leaves an order that is still recognised by its key when the producer repeats its call', async () => {
    const key = unique('key');
    const first = (await (await postOrder(gateway, { key })).json()) as OrderView;
    await call(gateway, 'POST', `/orders/${first.id}/cancel`);
    expect(await erase(PHONE)).toMatchObject({ erased: 1, pending: 0 });
    const again = await postOrder(gateway, { key });
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([202, 'true']);
    expect(((await again.json()) as OrderView).id).toBe(first.id);
    // The content of the earlier call is erased, but its key is still known, so nothing is sent twice.
    const other = await postOrder(gateway, { key, body: { order: SEED_ORDER, reference: 'x' } });
    expect([other.status, ((await other.json()) as OrderView).id]).toEqual([202, first.id]);
  });
});
