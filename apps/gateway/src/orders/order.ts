import { encodeCursor } from '../http/cursor.js';
import type { OrderPage } from './ledger/list-orders.js';
import type { OrderStatus } from './order-status.js';
import type { TicketRecord } from './ticket.js';

/** An order as the ledger has it. */
export interface OrderRecord {
  readonly id: string;
  readonly status: OrderStatus;
  readonly reference: string | null;
  /** The body of app_create_order, as the producer's JSON. */
  readonly body: string;
  readonly troikaOrderId: string | null;
  readonly totalAmount: string | null;
  readonly resultCode: number | null;
  readonly resultMessage: string | null;
  readonly attempts: number;
  readonly tickets: readonly TicketRecord[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/**
 * An order as the API gives it. The partner's id and amount are written as the numbers it sent, digit for digit, and
 * the order itself as the producer wrote it: neither goes through a JavaScript number.
 */
export function encodeOrder(order: OrderRecord): string {
  const { id, status, reference, body, attempts } = order;
  const head = JSON.stringify({ id, status, reference });
  const result = JSON.stringify({ resultCode: order.resultCode, resultMessage: order.resultMessage });
  const times = JSON.stringify({
    createdAt: order.createdAt.toISOString(),
    updatedAt: order.updatedAt.toISOString(),
  });
  const { troikaOrderId, totalAmount } = order;
  const troika = `{"orderId":${numberText(troikaOrderId)},"totalAmount":${numberText(totalAmount)},${result.slice(1)}`;
  const tickets = `"attempts":${attempts},"tickets":[${order.tickets.map(encodeTicket).join(',')}]`;
  return `${head.slice(0, -1)},"order":${body},"troika":${troika},${tickets},${times.slice(1)}`;
}

/** Ids as the numbers that the partner sent; the card's number is a text, with its leading zeros. */
export function encodeTicket({ orderTariffId, cardNumber, tariffId, status }: TicketRecord): string {
  const [card, word] = [JSON.stringify(cardNumber), JSON.stringify(status)];
  return `{"orderTariffId":${numberText(orderTariffId)},"cardNumber":${card},"tariffId":${numberText(tariffId)},"status":${word}}`;
}

/** A page of orders: `{"orders": […], "nextCursor": …}`, the cursor null at the end. */
export function encodeOrderPage({ orders, next }: OrderPage): string {
  const nextCursor = next === undefined ? null : encodeCursor([next.createdAt, next.id]);
  return `{"orders":[${orders.map(encodeOrder).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`;
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A number of the partner's, digit for digit, as JSON; null for none. A partner that sends an id as any other text has
 * it given back as that text.
 */
export function numberText(text: string | null): string {
  return text === null || JSON_NUMBER.test(text) ? String(text) : JSON.stringify(text);
}
