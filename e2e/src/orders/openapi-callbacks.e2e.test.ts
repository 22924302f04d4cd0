import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postOrder, SEED_ORDER, type OrderView } from '../harness/api.js';
import { call } from '../harness/calls.js';
import { createDatabase, type TestDatabase } from '../harness/database.js';
import { DescribedCalls } from '../harness/described-calls.js';
import { until } from '../harness/until.js';
import type { GatewayProcess } from '../harness/gateway-process.js';
import { withGateway } from '../harness/with-gateway.js';

interface DeliveryView {
  readonly id: string;
  readonly endpointId: string;
}

const CATALOGUE = [
  ['listTariffs', '/catalog/tariffs'],
  ['listCardTypes', '/catalog/card-types'],
  ['listRegions', '/catalog/regions'],
  ['getAccount', '/account'],
] as const;

describe('the answers of a running gateway about its callbacks and its catalogue', () => {
  const { gateway, database, receiver, start } = withGateway({ sandbox: true, receiver: true });
  let empty: TestDatabase;
  let unread: GatewayProcess;
  let calls: DescribedCalls;

  beforeAll(async () => {
    empty = await createDatabase();
    unread = await start({ DATABASE_URL: empty.url, TROIKA_URL: '', ROLES: 'orders' });
    calls = await DescribedCalls.of(gateway, (tag) => ['Callbacks', 'Catalogue'].includes(tag));
  });
  afterAll(() => empty.drop());

  it('match the document for data read from Тройка Бизнес, and for data not read yet', async () => {
    for (const [operationId, path] of CATALOGUE) {
      await calls.expect(operationId, 503, { path, gateway: unread });
      await until(`${path} was read`, async () =>
        (await call(gateway, 'GET', path)).status === 200 ? true : undefined,
      );
      await calls.expect(operationId, 200, { path });
    }
  });

  it('match the document for a cached dictionary', async () => {
    for (const [operationId, path] of CATALOGUE.slice(0, 3)) {
      await calls.expect(operationId, 304, { path, headers: { 'if-none-match': '*' } });
    }
  });

  it('are as the document says of deliveries and the addresses they go to', async () => {
    const body = { order: SEED_ORDER, callbackUrl: receiver.url };
    const { id: orderId } = (await (await postOrder(gateway, { body })).json()) as OrderView;
    const ofOrder = `/callbacks/deliveries?orderId=${orderId}`;
    const { id, endpointId } = await until('the callback is delivered', async () => {
      const answer = await call<{ deliveries: DeliveryView[] }>(gateway, 'GET', `${ofOrder}&status=delivered`);
      return answer.body.deliveries[0];
    });
    await calls.expect('listDeliveries', 200, { path: `${ofOrder}&endpoint=${endpointId}` });
    await calls.expect('listDeliveries', 422, { path: '/callbacks/deliveries?surprise=1' });
    await calls.expect('listEndpoints', 200, { path: '/callbacks/endpoints' });
    await calls.expect('listEndpoints', 422, { path: '/callbacks/endpoints?state=x' });
    const delivery = `/callbacks/deliveries/${id}`;
    await calls.expect('getDelivery', 200, { path: delivery });
    const endpoint = `/callbacks/endpoints/${endpointId}`;
    await calls.expect('disableEndpoint', 200, { path: `${endpoint}/disable` });
    await calls.expect('redeliver', 409, { path: `${delivery}/redeliver` });
    await calls.expect('enableEndpoint', 200, { path: `${endpoint}/enable`, body: {} });
    await calls.expect('redeliver', 202, { path: `${delivery}/redeliver` });
    await until('it is delivered once more', async () =>
      receiver.calls.filter((one) => one.id === id).length === 2 ? true : undefined,
    );
  });

  it('are as the document says of an attempt that failed', async () => {
    receiver.answer = () => 500;
    const body = { order: SEED_ORDER, callbackUrl: receiver.url };
    const { id: orderId } = (await (await postOrder(gateway, { body })).json()) as OrderView;
    const { id } = await until('an attempt has failed', async () => {
      const { rows } = await database.pool.query<{ id: string }>(
        `select 'evt_' || replace(d.id::text, '-', '') as id from callback_deliveries d join callback_attempts a
            on a.delivery_id = d.id where d.order_id = $1 and a.ended_at is not null`,
        [orderId],
      );
      return rows[0];
    });
    const delivery = await calls.expect('getDelivery', 200, { path: `/callbacks/deliveries/${id}` });
    expect(delivery).toMatchObject({ attempts: [{ outcome: 'refused', httpStatus: 500 }] });
    await calls.expect('listEndpoints', 200, { path: '/callbacks/endpoints?state=enabled' });
  });

  it('match the document for a test delivery with every outcome', async () => {
    receiver.answer = () => 204;
    const test = (url: string) => ({ path: '/callbacks/test', body: { url } });
    expect(await calls.expect('testCallback', 200, test(receiver.url))).toMatchObject({ outcome: 'delivered' });
    expect(receiver.calls.at(-1)?.event).toEqual({ type: 'test', timestamp: expect.any(String), data: {} });
    const closed = new URL(receiver.url);
    closed.hostname = '127.0.0.2';
    expect(await calls.expect('testCallback', 200, test(closed.href))).toMatchObject({ outcome: 'connection' });
    await calls.expect('testCallback', 422, test('http://shop.example.com/'));
    // Two of thirty are gone; the next ones find no one.
    for (let count = 2; count < 30; count += 1) await calls.expect('testCallback', 200, test(closed.href));
    await calls.expect('testCallback', 429, test(closed.href));
  });

  it('match the document when a request cannot be read, has no key, or asks for an unknown resource', async () => {
    await calls.expectRefusals();
  });

  it('have all been seen: a good one of every call, and every refusal that one can bring about', () => {
    expect(calls.unseen()).toEqual([]);
  });
});
