import type { OrderStatus } from './order-status.js';

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
  const tail = JSON.stringify({
    attempts,
    tickets: [],
    createdAt: order.createdAt.toISOString(),
    updatedAt: order.updatedAt.toISOString(),
  });
  const troika = `{"orderId":${order.troikaOrderId ?? 'null'},"totalAmount":${order.totalAmount ?? 'null'},${result.slice(1)}`;
  return `${head.slice(0, -1)},"order":${body},"troika":${troika},${tail.slice(1)}`;
}
