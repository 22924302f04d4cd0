import { describe, expect, it } from '@jest/globals';
import { writeJson } from '@vestibule/envelope';
import type { OrderRecord } from './order.js';
import { orderView } from './order-view.js';

const encodeOrder = (order: OrderRecord): string => writeJson(orderView(order));

const ORDER: OrderRecord = {
  id: '0190c0de-0000-7000-8000-000000000000',
  status: 'confirmed',
  reference: null,
  placedBy: 'shop',
  body: '{"orderData":[]}',
  troikaOrderId: null,
  totalAmount: null,
  resultCode: 0,
  resultMessage: 'OK',
  attempts: 1,
  tickets: [],
  nextAttemptAt: null,
  retryCause: null,
  createdAt: new Date(0),
  updatedAt: new Date(0),
};
const troikaOf = (order: Partial<OrderRecord>): string =>
  /"troika":(\{.*?\})/.exec(encodeOrder({ ...ORDER, ...order }))?.[1] ?? '';

describe('an order as the API gives it', () => {
  it("gives the partner's numbers back digit for digit", () => {
    const troika = troikaOf({ troikaOrderId: '9007199254740993', totalAmount: '2800.00' });
    expect(troika).toContain('"orderId":9007199254740993,"totalAmount":2800.00,');
  });

  it.each(['007', 'ORD-1', '1"2', ''])('stays JSON when the partner calls an order %j', (troikaOrderId) => {
    const order = JSON.parse(encodeOrder({ ...ORDER, troikaOrderId })) as { troika: { orderId: unknown } };
    expect(order.troika.orderId).toBe(troikaOrderId);
  });

  it('gives every ticket with the ids the partner sent and the leading zeros of its card', () => {
    const ticket = {
      orderTariffId: '228422001',
      cardNumber: '0012345678',
      tariffId: '2671',
      status: 'written',
    } as const;
    expect(encodeOrder({ ...ORDER, tickets: [ticket, { ...ticket, cardNumber: null, tariffId: null }] })).toContain(
      '"attempts":1,"tickets":[' +
        '{"orderTariffId":228422001,"cardNumber":"0012345678","tariffId":2671,"status":"written"},' +
        '{"orderTariffId":228422001,"cardNumber":null,"tariffId":null,"status":"written"}],"createdAt":',
    );
  });
});
