import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { postOrder, SEED_ORDER, type OrderView } from '../harness/api.js';
import { call, type ProblemView } from '../harness/calls.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

interface DeliveryView {
  readonly id: string;
  readonly type: string;
  readonly orderId: string;
  readonly endpointId: string;
  readonly status: string;
  readonly attempts: number;
}

interface EndpointView {
  readonly id: string;
  readonly url: string;
  readonly state: string;
  readonly disabledWhy: string | null;
}

describe('callbacks', () => {
  const { gateway, receiver } = withGateway({ sandbox: true, receiver: true });
  beforeEach(() => {
    receiver.answer = () => 204;
  });

  async function post(body: object = {}): Promise<OrderView> {
    const response = await postOrder(gateway, { body: { order: SEED_ORDER, callbackUrl: receiver.url, ...body } });
    expect(response.status).toBe(202);
    return (await response.json()) as OrderView;
  }

  function untilCall(orderId: string) {
    return until('the callback arrives', async () =>
      receiver.calls.find(({ event }) => event.data.order.id === orderId),
    );
  }

  function untilDelivery(orderId: string, status: string): Promise<DeliveryView> {
    return until(`the delivery is ${status}`, async () => {
      const path = `/callbacks/deliveries?orderId=${orderId}&status=${status}`;
      return (await call<{ deliveries: DeliveryView[] }>(gateway, 'GET', path)).body.deliveries[0];
    });
  }

  async function endpoint(secret?: string): Promise<EndpointView | undefined> {
    const answer = await call<{ endpoints: EndpointView[] }>(
      gateway,
      'GET',
      '/callbacks/endpoints',
      secret === undefined ? {} : { secret },
    );
    return answer.body.endpoints.find(({ url }) => url === receiver.url);
  }

  it('notify a producer of its confirmed order, over https and verified by the official library', async () => {
    const { id } = await post({ metadata: { cart: 'c-1' } });
    const { event, id: webhookId } = await untilCall(id);
    expect(event).toMatchObject({
      type: 'order.confirmed',
      data: { order: { status: 'confirmed', metadata: { cart: 'c-1' } } },
    });
    const delivery = await untilDelivery(id, 'delivered');
    expect(delivery).toMatchObject({ id: webhookId, type: 'order.confirmed', attempts: 1 });
    const one = await call<{ delivery: DeliveryView; attempts: object[] }>(
      gateway,
      'GET',
      `/callbacks/deliveries/${webhookId}`,
    );
    expect(one.body).toMatchObject({
      delivery,
      attempts: [{ number: 1, outcome: 'delivered', httpStatus: 204, detail: null }],
    });
    const line = await until('the attempt is in the log', async () =>
      gateway.log.find(({ msg, webhookId: of }) => msg === 'callback attempt' && of === webhookId),
    );
    expect(line).toMatchObject({
      orderId: id,
      type: 'order.confirmed',
      attempt: 1,
      outcome: 'delivered',
      httpStatus: 204,
    });
  });

  it.each([
    ['plain http', 'http://shop.example.com/hook', 'Must begin with https://'],
    ['a private address', 'https://10.0.0.5/hook', 'is a private address'],
    ['the metadata service', 'https://169.254.169.254/', 'is a link-local address'],
    ['credentials', 'https://u:p@shop.example.com/', 'Must not hold a user name'],
    ['no text', 7, 'Must be the https:// address'],
  ])('refuse an order with an address of %s, single and in a batch', async (_what, callbackUrl, words) => {
    const body = { order: SEED_ORDER, callbackUrl };
    const alone = await postOrder(gateway, { body });
    const problem = (await alone.json()) as ProblemView;
    expect([alone.status, problem.errors?.[0]?.pointer]).toEqual([422, '/callbackUrl']);
    expect(problem.errors?.[0]?.detail).toContain(words);
    const batch = await call<{ outcomes: { status: number; problem?: ProblemView }[] }>(
      gateway,
      'POST',
      '/orders/batch',
      {
        body: {
          orders: [
            { idempotencyKey: randomUUID(), order: SEED_ORDER },
            { idempotencyKey: randomUUID(), ...body },
          ],
        },
      },
    );
    expect(batch.body.outcomes.map(({ status }) => status)).toEqual([202, 422]);
    expect(batch.body.outcomes[1]?.problem?.errors).toEqual([
      { pointer: '/orders/1/callbackUrl', detail: problem.errors?.[0]?.detail },
    ]);
  });

  it('answer a producer without a secret with what an operator does about it', async () => {
    const response = await postOrder(gateway, {
      secret: 'test-office-key',
      body: { order: SEED_ORDER, callbackUrl: receiver.url },
    });
    const { errors } = (await response.json()) as ProblemView;
    expect([response.status, errors?.[0]?.pointer]).toEqual([422, '/callbackUrl']);
    expect(errors?.[0]?.detail).toContain('POST /admin/keys with the audience "callbacks" and the name "office"');
  });

  it('are sent again under the same id when the producer asks for it', async () => {
    const { id } = await post();
    const { id: webhookId } = await untilCall(id);
    await untilDelivery(id, 'delivered');
    const answer = await call<{ delivery: DeliveryView }>(
      gateway,
      'POST',
      `/callbacks/deliveries/${webhookId}/redeliver`,
    );
    expect([answer.status, answer.body.delivery.id]).toEqual([202, webhookId]);
    await until('it has come again', async () =>
      receiver.calls.filter((one) => one.id === webhookId).length === 2 ? true : undefined,
    );
  });

  it('stop at 410 until the producer enables the address, with an operator event', async () => {
    receiver.answer = () => 410;
    const { id } = await post();
    await untilCall(id);
    const disabled = await until('the address is disabled', async () => {
      const found = await endpoint();
      return found?.state === 'disabled' ? found : undefined;
    });
    expect(disabled.disabledWhy).toBe('gone');
    const lastEvent = async (): Promise<object | undefined> => {
      const events = await call<{ events: object[] }>(gateway, 'GET', '/admin/events', { secret: 'test-admin-key' });
      return events.body.events[0];
    };
    expect(await lastEvent()).toMatchObject({ kind: 'callback.disabled', severity: 'warning' });
    const delivery = await untilDelivery(id, 'pending');
    const refused = await call<ProblemView>(gateway, 'POST', `/callbacks/deliveries/${delivery.id}/redeliver`);
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('enable that first')]);
    receiver.answer = () => 204;
    const enabled = await call<EndpointView>(gateway, 'POST', `/callbacks/endpoints/${disabled.id}/enable`);
    expect([enabled.status, enabled.body.state, enabled.body.disabledWhy]).toEqual([200, 'enabled', null]);
    expect(await lastEvent()).toMatchObject({ kind: 'callback.enabled', severity: 'info' });
    await untilDelivery(id, 'delivered');
  });

  it('can be disabled by the producer itself', async () => {
    await untilDelivery((await post()).id, 'delivered');
    const { id } = (await endpoint())!;
    const off = await call<EndpointView>(gateway, 'POST', `/callbacks/endpoints/${id}/disable`);
    expect([off.status, off.body.state, off.body.disabledWhy]).toEqual([200, 'disabled', 'by-producer']);
    const waiting = await post();
    await untilDelivery(waiting.id, 'pending');
    await call(gateway, 'POST', `/callbacks/endpoints/${id}/enable`);
    await untilDelivery(waiting.id, 'delivered');
  });

  it('can be tried: a test delivery answers what the receiver answered', async () => {
    const test = (url: unknown) => call<Record<string, unknown>>(gateway, 'POST', '/callbacks/test', { body: { url } });
    const good = await test(receiver.url);
    expect(good.status).toBe(200);
    expect(good.body).toMatchObject({ outcome: 'delivered', httpStatus: 204, detail: null });
    expect(receiver.calls.at(-1)).toMatchObject({ id: good.body['webhookId'], event: { type: 'test' } });
    receiver.answer = () => 500;
    expect((await test(receiver.url)).body).toMatchObject({ outcome: 'refused', httpStatus: 500 });
    expect((await test('https://127.0.0.1:1/')).status).toBe(422);
    const refused = await test('https://127.0.0.1:1025/');
    expect(refused.body).toMatchObject({
      outcome: 'connection',
      httpStatus: null,
      detail: 'The connection was refused.',
    });
  });

  it('are listed page by page, each producer seeing its own', async () => {
    const orders = [await post(), await post(), await post()];
    for (const { id } of orders) await untilDelivery(id, 'delivered');
    const page = async (cursor: string) =>
      (
        await call<{ deliveries: DeliveryView[]; nextCursor: string | null }>(
          gateway,
          'GET',
          `/callbacks/deliveries?limit=2${cursor}`,
        )
      ).body;
    const first = await page('');
    const second = await page(`&cursor=${first.nextCursor}`);
    expect(
      [...first.deliveries, ...second.deliveries]
        .slice(0, 3)
        .map(({ orderId }) => orderId)
        .toSorted(),
    ).toEqual(orders.map(({ id }) => id).toSorted());
    const foreign = { secret: 'test-office-key' };
    expect((await call(gateway, 'GET', '/callbacks/deliveries', foreign)).body).toEqual({
      deliveries: [],
      nextCursor: null,
    });
    expect(await endpoint('test-office-key')).toBeUndefined();
    const [one] = first.deliveries;
    expect((await call(gateway, 'GET', `/callbacks/deliveries/${one!.id}`, foreign)).status).toBe(404);
    expect((await call(gateway, 'POST', `/callbacks/deliveries/${one!.id}/redeliver`, foreign)).status).toBe(404);
    expect((await call(gateway, 'POST', `/callbacks/endpoints/${one!.endpointId}/disable`, foreign)).status).toBe(404);
  });

  it.each([
    ['GET', '/callbacks/deliveries?orderId=x', 422],
    ['GET', '/callbacks/deliveries?status=lost', 422],
    ['GET', '/callbacks/deliveries?endpoint=x', 422],
    ['GET', '/callbacks/deliveries?cursor=x', 422],
    ['GET', '/callbacks/deliveries?limit=0', 422],
    ['GET', '/callbacks/endpoints?state=odd', 422],
    ['GET', '/callbacks/endpoints?cursor=x', 422],
    ['GET', '/callbacks/deliveries/evt_1', 404],
    ['GET', `/callbacks/deliveries/evt_${'0'.repeat(32)}`, 404],
    ['POST', '/callbacks/endpoints/x/enable', 404],
    ['POST', '/callbacks/test', 422],
  ] as const)('answer %s %s with problem+json', async (method, path, status) => {
    const answer = await call<ProblemView>(gateway, method, path);
    expect([answer.status, answer.contentType]).toEqual([status, 'application/problem+json']);
  });

  it('are counted for Prometheus', async () => {
    const response = await fetch(`${gateway.internalUrl}/admin/metrics`, {
      headers: { authorization: 'Bearer test-admin-key' },
    });
    const text = await response.text();
    expect(text).toMatch(/^vestibule_callback_attempts_total\{outcome="delivered"\} [1-9]/m);
    expect(text).toMatch(/^vestibule_callbacks_pending \d+$/m);
    expect(text).toMatch(/^vestibule_callbacks_pending_oldest_age_seconds [\d.]+$/m);
  });
});
