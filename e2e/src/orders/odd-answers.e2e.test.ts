import { beforeEach, describe, expect, it } from '@jest/globals';
import { ask, confirmed, read } from '../harness/admin.js';
import { okAnswer } from '../harness/answering-partner.js';
import { getOrder, postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

interface OperatorEvent {
  readonly kind: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const TARIFFS = '{"tariff":[{"id":2671,"name":"Единый","priceMin":2800,"priceMax":2800,"ticketGroup":"tat"}]}';

describe('an odd answer of the partner', () => {
  let created: string;
  let placed: string;
  /** The id of the case's order there: the partner gives each once, but for what a case is about. */
  let partnerId = 228_421;
  const { gateway, partner } = withGateway({
    partner: ({ method }) => {
      if (method === 'app_create_order') return okAnswer(created);
      if (method === 'app_get_order') return okAnswer(placed);
      return method === 'app_get_tariff' ? okAnswer(TARIFFS) : undefined;
    },
    env: { ROLES: 'orders,worker,admin', TROIKA_TRACK_SCHEDULE_SECS: '1' },
  });
  beforeEach(() => {
    placed = '{}';
    partnerId += 1;
  });

  const place = async (): Promise<string> => ((await (await postOrder(gateway)).json()) as OrderView).id;
  const eventOf = (id: string, kind: string): Promise<OperatorEvent> =>
    until(`an event ${kind}`, async () => {
      const { body } = await read<{ events: OperatorEvent[] }>(gateway, `/events?kind=${kind}`);
      return body.events.find(({ details }) => details['orderId'] === id);
    });

  it('keeps the id of a paid order with an amount that is not a number, tracks the order, and reports to operators', async () => {
    created = `{"id":${partnerId},"totalAmount":"2 800,00"}`;
    placed = `{"id":${partnerId},"totalAmount":"2 800,00","orderData":[{"orderTariffId":5,"used":true},{"used":false}]}`;
    const id = await place();
    const order = await untilStatus(gateway, id, 'confirmed');
    expect(order.troika).toMatchObject({ orderId: partnerId, totalAmount: '2 800,00', resultCode: 0 });
    expect((await eventOf(id, 'order.odd-answer')).message).toContain('/totalAmount is not a number');
    await until('its ticket is read', async () => {
      const { tickets } = await getOrder(gateway, id);
      return tickets.some(({ orderTariffId, status }) => orderTariffId === 5 && status === 'written') || undefined;
    });
    const reported = await until('the odd line is reported', async () => {
      const { body } = await read<{ events: OperatorEvent[] }>(gateway, '/events?kind=partner.odd-answer');
      return body.events[0];
    });
    expect(reported.message).toContain('/orderData/1/orderTariffId is missing');
  });

  it.each([
    ['without a body', undefined],
    ['without an id', '{"totalAmount":2800}'],
    ['with the id 0', '{"id":0,"totalAmount":2800}'],
  ])('leaves an order confirmed %s to a person, who gives it its id', async (_, body) => {
    created = body as string;
    const id = await place();
    await untilStatus(gateway, id, 'unknown');
    await eventOf(id, 'order.without-id');
    const { status } = await ask(gateway, `/orders/${id}/resolve`, confirmed(partnerId, { force: true }));
    expect(status).toBe(200);
    expect((await untilStatus(gateway, id, 'confirmed')).troika.orderId).toBe(partnerId);
  });

  it('leaves the second of two orders under one id to a person, and names both', async () => {
    created = `{"id":${partnerId},"totalAmount":2800}`;
    const first = await place();
    await untilStatus(gateway, first, 'confirmed');
    const second = await place();
    await untilStatus(gateway, second, 'unknown');
    expect((await eventOf(second, 'order.same-id')).details).toMatchObject({ otherOrderId: first });
    expect((await getOrder(gateway, first)).status).toBe('confirmed');
  });

  it.each([
    ['ten times the price of the tariff', '28000'],
    ['less than nothing', '-2800'],
  ])('reports to operators an order that costs %s', async (_, amount) => {
    created = `{"id":${partnerId},"totalAmount":${amount}}`;
    await until('the tariffs are known', () =>
      Promise.resolve(partner.calls.some(({ method }) => method === 'app_get_region') || undefined),
    );
    await until('the catalogue has the tariff', async () => {
      const response = await fetch(`${gateway.internalUrl}/catalog/tariffs`, {
        headers: { authorization: 'Bearer test-orders-key' },
      });
      return response.status === 200 || undefined;
    });
    const id = await place();
    await untilStatus(gateway, id, 'confirmed');
    expect((await eventOf(id, 'order.odd-amount')).details).toMatchObject({
      troikaOrderId: String(partnerId),
      totalAmount: amount,
    });
  });
});
