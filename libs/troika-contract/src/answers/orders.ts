import type { JsonObject } from '@vestibule/envelope';
import { type Reading, readBody } from './fields.js';

/** What app_create_order answers: the order is paid. Exact digits as text. */
export interface CreatedOrder {
  orderId: string;
  totalAmount: string;
  /** app_get_order asks for one, though nothing documented gives it. */
  uuid?: string;
}

/** One line of an order as app_get_order tells it; `orderTariffId` is the ticket's id. */
export interface PlacedOrderLine {
  orderTariffId: string;
  type: string | undefined;
  cardTypeId: string | undefined;
  cardNumber: string | undefined;
  tariffId: string | undefined;
  currencyId: string | undefined;
  amount: string | undefined;
  quantity: number | undefined;
  /** The ticket stands on the card. */
  used: boolean;
  /** `initiated`, `completed`, or undefined while nobody wants the money back. */
  payback: string | undefined;
}

/** An order as app_get_order tells it. */
export interface PlacedOrder {
  orderId: string;
  totalAmount: string | undefined;
  lines: PlacedOrderLine[];
}

/** Reads the answer of app_create_order. Without an id or an amount it is not ok. */
export function readCreateOrderAnswer(body: JsonObject | undefined): Reading<CreatedOrder> {
  return readBody(body, (fields) => {
    const uuid = fields.text('uuid');
    const order = { orderId: fields.id('id'), totalAmount: fields.money('totalAmount') };
    return uuid === undefined ? order : { ...order, uuid };
  });
}

/** Reads the answer of app_get_order. */
export function readOrder(body: JsonObject | undefined): Reading<PlacedOrder> {
  return readBody(body, (fields) => ({
    orderId: fields.id('id'),
    totalAmount: fields.optionalMoney('totalAmount'),
    lines: fields.list('orderData', (line) => ({
      orderTariffId: line.id('orderTariffId'),
      type: line.text('type'),
      cardTypeId: line.optionalId('cardTypeId'),
      cardNumber: line.text('cardNumber'),
      tariffId: line.optionalId('tariffId'),
      currencyId: line.text('currencyId'),
      amount: line.optionalMoney('amount'),
      quantity: line.count('quantity'),
      used: line.flag('used'),
      payback: line.text('payback')?.toLowerCase(),
    })),
  }));
}
