import { JsonText } from '@vestibule/envelope';
import { exactNumber } from '../core/exact-number.js';
import { encodeCursor } from '../http/cursor.js';
import type { OrderPage } from './ledger/list-orders.js';
import type { OrderRecord } from './order.js';
import type { TicketRecord } from './ticket.js';

/**
 * An order as the API gives it. The partner's id and amount stay the numbers it sent, digit for digit, and the order
 * itself what the producer wrote: neither goes through a JavaScript number.
 */
export function orderView(order: OrderRecord): object {
  const { id, status, reference, placedBy } = order;
  return { id, status, reference, placedBy, order: new JsonText(order.body), ...progressView(order) };
}

/**
 * An order without its body, with the producer's own data.
 * @param metadata JSON, or null
 */
export function thinOrderView(order: Omit<OrderRecord, 'body'>, metadata: string | null): object {
  const { id, status, reference } = order;
  return { id, status, reference, metadata: metadata && new JsonText(metadata), ...progressView(order) };
}

function progressView(order: Omit<OrderRecord, 'body'>): object {
  const { resultCode, resultMessage, attempts, createdAt, updatedAt } = order;
  return {
    troika: {
      orderId: exactNumber(order.troikaOrderId),
      totalAmount: exactNumber(order.totalAmount),
      resultCode,
      resultMessage,
    },
    attempts,
    tickets: order.tickets.map(orderTicketView),
    createdAt,
    updatedAt,
  };
}

/** Ids as the numbers that the partner sent; the card's number is a text, with its leading zeros. */
export function orderTicketView({ orderTariffId, cardNumber, tariffId, status }: TicketRecord): object {
  return { orderTariffId: exactNumber(orderTariffId), cardNumber, tariffId: exactNumber(tariffId), status };
}

/** A page of orders: `{"orders": […], "nextCursor": …}`, the cursor null at the end. */
export function orderPageView({ orders, next }: OrderPage): object {
  const nextCursor = next === undefined ? null : encodeCursor([next.createdAt, next.id]);
  return { orders: orders.map(orderView), nextCursor };
}
