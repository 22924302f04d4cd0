import { describe, expect, it } from '@jest/globals';
import { VestibuleClient } from '@vestibule/client';
import { okAnswer } from '../harness/answering-partner.js';
import { SEED_ORDER, untilStatus } from '../harness/api.js';
import { unique } from '../harness/queues.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

const ORDER_ID = '9007199254740993';
const TICKET_ID = '9007199254740995';

describe('numbers that JavaScript cannot hold', () => {
  let placed = 0n;
  const line = `{"orderTariffId":${TICKET_ID},"tariffId":2671,"used":false}`;
  const { gateway, receiver } = withGateway({
    partner: ({ method, rawBody }) => {
      const id = /"id":(\d+)/.exec(rawBody)?.[1] ?? '';
      if (method === 'app_create_order') return okAnswer(`{"id":${BigInt(ORDER_ID) + placed++},"totalAmount":2800}`);
      if (method === 'app_get_order') return okAnswer(`{"id":${id},"totalAmount":2800,"orderData":[${line}]}`);
      return method === 'app_get_ticket' ? okAnswer(`{"orderTariffId":${TICKET_ID},"status":"pending"}`) : undefined;
    },
    receiver: true,
    env: { ROLES: 'orders,worker', TROIKA_TRACK_SCHEDULE_SECS: '1' },
  });

  function post(rest: string, { key = unique('key'), order = JSON.stringify(SEED_ORDER) } = {}): Promise<Response> {
    return fetch(`${gateway.internalUrl}/orders`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer test-orders-key',
        'idempotency-key': key,
        'content-type': 'application/json',
      },
      body: `{"order":${order}${rest}}`,
    });
  }

  it('come back in callbacks as they were posted', async () => {
    const metadata = '{"cart":9007199254740993,"limit":1e400,"rate":1.0,"share":0.12345678901234567890,"n":-0}';
    const response = await post(`,"metadata":${metadata},"callbackUrl":"${receiver.url}"`);
    expect(response.status).toBe(202);
    const { id } = (await response.json()) as { id: string };
    const call = await until('the callback arrives', () =>
      Promise.resolve(receiver.calls.find(({ event }) => event.data.order.id === id)),
    );
    expect(call.text).toContain(`"metadata":${metadata}`);
  });

  it('are returned exactly as posted, and a number that would be sent as another one is refused', async () => {
    const order = (amount: string) =>
      `{"orderData":[{"type":"owncard","cardNumber":"0000000001","tariffId":2671,"currencyId":"RUB","amount":${amount}}],"phone":"+79160000000"}`;
    const response = await post('', { order: order('1500.50') });
    expect(response.status).toBe(202);
    expect(await response.text()).toContain(order('1500.50'));
    const refused = await post('', { order: order('1500.5000000000000001') });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      errors: [{ pointer: '/order/orderData/0/amount', detail: 'Too many digits.' }],
    });
  });

  it.each([
    ['9007199254740993', '9007199254740992'],
    ['{"a":1}', '[["a",1]]'],
    ['1e400', 'null'],
    ['0.1234567890123456789', '0.1234567890123456788'],
  ])('are another request: %s and then %s under one key', async (first, second) => {
    const key = unique('key');
    expect((await post(`,"metadata":{"x":${first}}`, { key })).status).toBe(202);
    const repeated = await post(` , "metadata":{"x": ${first}}`, { key });
    expect([repeated.status, repeated.headers.get('idempotency-replayed')]).toEqual([202, 'true']);
    expect((await post(`,"metadata":{"x":${second}}`, { key })).status).toBe(422);
  });

  it('are the same request however they are written', async () => {
    const key = unique('key');
    expect((await post(',"metadata":{"x":1500.50,"y":1e3}', { key })).status).toBe(202);
    expect((await post(',"metadata":{"y":1000,"x":1500.5}', { key })).headers.get('idempotency-replayed')).toBe('true');
  });

  it('reach a user of the client to the last digit, and lead back to the ticket', async () => {
    const client = new VestibuleClient({ baseUrl: gateway.internalUrl, apiKey: 'test-orders-key' });
    const { order } = await client.createOrder({ order: SEED_ORDER as never });
    await untilStatus(gateway, order.id, 'confirmed');
    const ticket = await until('it has its ticket', async () => (await client.getOrder(order.id)).tickets[0]);
    expect(ticket.orderTariffId).toBe(TICKET_ID);
    expect(BigInt((await client.getOrder(order.id)).troika.orderId ?? 0)).toBeGreaterThanOrEqual(BigInt(ORDER_ID));
    expect(await client.getTicket(order.id, ticket.orderTariffId)).toMatchObject({ orderTariffId: TICKET_ID });
  });
});
