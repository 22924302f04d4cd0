import { beforeAll, describe, expect, it } from '@jest/globals';
import { ApiError, VestibuleClient, type Delivery, type NewOrder, type Order } from '@vestibule/client';
import { randomUUID } from 'node:crypto';
import { startAnswerThief } from '../harness/answer-thief.js';
import { SEED_ORDER } from '../harness/api.js';
import { placeOrder } from '../harness/place-order.js';
import { unique } from '../harness/queues.js';
import { executedOrders, setFaults, setTicket } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

const ORDER: NewOrder = { order: { ...SEED_ORDER, orderData: [...SEED_ORDER.orderData] } };

describe('the client of our services, against a running gateway', () => {
  const { gateway, database, sandbox, receiver, restartInPlace } = withGateway({
    sandbox: true,
    receiver: true,
    env: { TROIKA_TIMEOUT_MS: '2000', TROIKA_LEASE_MARGIN_MS: '5000' },
  });
  let client: VestibuleClient;
  const clientOf = (baseUrl: string) => new VestibuleClient({ baseUrl, apiKey: 'test-orders-key' });

  beforeAll(() => {
    client = clientOf(gateway.internalUrl);
  });

  it('places an order and waits until it is final', async () => {
    const { order, replayed } = await client.createOrder({ ...ORDER, reference: 'shop-1', metadata: { till: 7 } });
    expect([order.status, order.reference, replayed]).toEqual(['accepted', 'shop-1', false]);
    const final = await client.waitForFinal(order.id);
    expect([final.status, final.troika.totalAmount]).toEqual(['confirmed', 2800]);
    expect(await client.getOrder(order.id)).toEqual(final);
    expect(await client.listAttempts(order.id)).toMatchObject([{ number: 1, outcome: 'answered' }]);
    expect((await client.listEvents(order.id)).map(({ type }) => type)).toContain('order.confirmed');
  });

  it('waits for a status that a person decides, if configured', async () => {
    await setFaults(sandbox, 'reset-after');
    const { order } = await client.createOrder(ORDER);
    const unknown = await client.waitForFinal(order.id, { until: ({ status }) => status === 'unknown' });
    expect(unknown.attempts).toBe(1);
    await setFaults(sandbox, 'none');
  });

  it('makes one order of the same key, and says that it was there', async () => {
    const idempotencyKey = unique('key');
    const first = await client.createOrder(ORDER, { idempotencyKey });
    const again = await client.createOrder(ORDER, { idempotencyKey });
    expect([again.order.id, again.replayed]).toEqual([first.order.id, true]);
    const given = client.createOrder({ ...ORDER, reference: 'other' }, { idempotencyKey });
    await expect(given).rejects.toMatchObject({ name: 'ApiError', status: 422 });
  });

  it('places a batch, and returns each entry with its key', async () => {
    const outcomes = await client.createBatch([
      ORDER,
      { ...ORDER, idempotencyKey: unique('key') },
      { order: { ...ORDER.order, phone: '8 (800)' } },
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([202, 202, 422]);
    expect(new Set(outcomes.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3);
    for (const outcome of outcomes) if (outcome.status === 202) await client.waitForFinal(outcome.order.id);
  });

  it('walks over all orders that fit, page by page', async () => {
    const reference = unique('walk');
    for (let count = 0; count < 7; count += 1) await placeOrder(database, 'failed', { reference });
    await placeOrder(database, 'rejected', { reference });
    const seen: Order[] = [];
    const from = new Date(Date.now() - 3_600_000);
    for await (const order of client.listOrders({ reference, status: ['failed', 'unknown'], from, pageSize: 3 })) {
      seen.push(order);
    }
    expect(seen.map(({ status }) => status)).toEqual(Array(7).fill('failed'));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(7);
  });

  it('cancels an order, again with the same answer, and says why one cannot be', async () => {
    const id = await placeOrder(database, 'retrying');
    const cancelled = await client.cancelOrder(id);
    expect(cancelled.status).toBe('cancelled');
    expect(await client.cancelOrder(id)).toEqual(cancelled);
    expect((await client.waitForFinal(id)).status).toBe('cancelled');
    const sending = await placeOrder(database, 'sending');
    await expect(client.cancelOrder(sending)).rejects.toThrow('409 Order not cancellable: The order is sending');
  });

  it('cancels a paid order or one of its tickets, and returns the state of a ticket', async () => {
    const [line] = SEED_ORDER.orderData;
    const { order } = await client.createOrder({ order: { ...SEED_ORDER, orderData: [line, line] } });
    const { troika } = await client.waitForFinal(order.id);
    const first = Number(troika.orderId) * 1_000;
    expect(await client.getTicket(order.id, first)).toMatchObject({ orderTariffId: first, name: 'Единый, 30 дней' });
    const less = await client.cancelTicket(order.id, first);
    expect([less.status, ...less.tickets.map(({ status }) => status)]).toEqual(['confirmed', 'refunded', 'pending']);
    expect((await client.cancelOrder(order.id)).status).toBe('cancelled');
  });

  it('has the order in the error when Тройка Бизнес refuses to cancel', async () => {
    const { order } = await client.createOrder(ORDER);
    const { troika } = await client.waitForFinal(order.id);
    const ticket = Number(troika.orderId) * 1_000;
    await client.getTicket(order.id, ticket);
    await setTicket(sandbox, ticket, 'written');
    await expect(client.cancelTicket(order.id, ticket)).rejects.toMatchObject({
      status: 409,
      problem: { order: { id: order.id, status: 'confirmed', tickets: [{ status: 'written' }] } },
    });
  });

  it('reads the catalogue and the guarantee fund, and fetches a dictionary once', async () => {
    const asked: number[] = [];
    const watched = new VestibuleClient({
      baseUrl: gateway.internalUrl,
      apiKey: 'test-orders-key',
      fetch: async (...given) => {
        const response = await fetch(...given);
        asked.push(response.status);
        return response;
      },
    });
    const tariffs = await client.catalog.tariffs();
    expect(tariffs.tariffs.find(({ id }) => id === 2671)).toMatchObject({ priceMin: 2800, ticketGroup: 'tat' });
    expect((await client.catalog.cardTypes()).cardTypes.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect((await client.account()).currencyId).toBe('RUB');
    const first = await watched.catalog.regions();
    expect(first.regions.map(({ name }) => name)).toContain('Москва');
    const expected = structuredClone(first);
    first.regions.length = 0;
    expect(await watched.catalog.regions()).toEqual(expected);
    expect(asked).toEqual([200, 304]);
  });

  it('tests a receiver, lists its deliveries, and redelivers one', async () => {
    expect(await client.callbacks.test(receiver.url)).toMatchObject({ outcome: 'delivered', httpStatus: 204 });
    const { order } = await client.createOrder({ ...ORDER, callbackUrl: receiver.url });
    const deliveries = async (): Promise<Delivery[]> => {
      const found: Delivery[] = [];
      const filter = { orderId: order.id, status: 'delivered', pageSize: 1 } as const;
      for await (const one of client.callbacks.deliveries(filter)) found.push(one);
      return found;
    };
    const [delivery] = await until('it is delivered', async () => {
      const found = await deliveries();
      return found.length === 0 ? undefined : found;
    });
    const id = delivery?.id ?? '';
    expect((await client.callbacks.delivery(id)).attempts).toMatchObject([{ outcome: 'delivered' }]);
    expect((await client.callbacks.redeliver(id)).delivery.id).toBe(id);
    await until('it came twice', async () =>
      receiver.calls.filter((call) => call.id === id).length === 2 ? true : undefined,
    );
  });

  it('says what the gateway says when it refuses', async () => {
    const error: unknown = await client.getOrder(randomUUID()).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).problem).toMatchObject({ status: 404, detail: 'There is no order with this id.' });
    const stranger = new VestibuleClient({ baseUrl: gateway.internalUrl, apiKey: 'wrong' });
    await expect(stranger.getOrder(randomUUID())).rejects.toMatchObject({ status: 401 });
  });

  it('makes one order when the gateway is killed between the request and its answer', async () => {
    const before = (await executedOrders(sandbox)).length;
    const thief = await startAnswerThief(gateway.internalUrl, async () => {
      await gateway.stop('SIGKILL');
      await restartInPlace();
    });
    try {
      const through = new VestibuleClient({ baseUrl: thief.url, apiKey: 'test-orders-key', timeoutMs: 45_000 });
      const { order, replayed, idempotencyKey } = await through.createOrder(ORDER);
      expect(replayed).toBe(true);
      const { rows } = await database.pool.query<{ id: string }>('select id from orders where idempotency_key = $1', [
        idempotencyKey,
      ]);
      expect(rows).toEqual([{ id: order.id }]);
      // Killed while it was being sent, it is unknown, and not sent again; otherwise it is sent once.
      const settled = await through.waitForFinal(order.id, { until: isSettled, timeoutMs: 45_000 });
      expect(['confirmed', 'unknown']).toContain(settled.status);
      expect((await executedOrders(sandbox)).length - before).toBeLessThanOrEqual(1);
    } finally {
      await thief.close();
    }
  }, 120_000);

  it('continues waiting for an order while the gateway is started again', async () => {
    const id = await placeOrder(database, 'failed');
    const waiting = client.waitForFinal(id, { until: ({ status }) => status === 'cancelled', timeoutMs: 45_000 });
    expect(await gateway.stop()).toBe(0);
    await restartInPlace({ ROLES: 'orders' });
    await database.pool.query(
      `update orders set status = 'retrying', due_at = now() + interval '1 day' where id = $1`,
      [id],
    );
    await client.cancelOrder(id);
    expect((await waiting).status).toBe('cancelled');
  }, 120_000);
});

function isSettled({ status }: Order): boolean {
  return status === 'confirmed' || status === 'unknown';
}
