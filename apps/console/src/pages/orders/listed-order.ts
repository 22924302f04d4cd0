import type { Order, OrderStatus } from '../../api/orders.js';
import { cardsOf, nameOf } from '../order/words.js';

/** A row of the list. Nothing else is kept of an order: a long list would fill the memory of a phone. */
export interface ListedOrder {
  readonly id: string;
  readonly name: string;
  readonly status: OrderStatus;
  readonly createdAt: string;
  readonly placedBy: string | null;
  readonly cards: string;
  readonly amount: number | null;
  readonly attempts: number;
}

export function listedOrder(order: Order): ListedOrder {
  const { id, status, createdAt, placedBy, attempts, troika } = order;
  return {
    id,
    name: nameOf(order),
    status,
    createdAt,
    placedBy,
    cards: cardsOf(order),
    amount: troika.totalAmount,
    attempts,
  };
}
