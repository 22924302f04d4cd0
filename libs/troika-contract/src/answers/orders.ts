import type { JsonObject } from '@vestibule/envelope';
import { Fields, type Reading, readBody } from './fields.js';

/** What app_create_order answers: the order is paid. Exact digits as text. */
export interface CreatedOrder {
  /** Undefined when the answer has no id by which the order can be polled and cancelled. */
  orderId: string | undefined;
  /** Its exact text, even if it is not a number; undefined when it is neither a text nor a number. */
  totalAmount: string | undefined;
  /** app_get_order asks for one, though nothing documented gives it. */
  uuid: string | undefined;
  /** One sentence for each field whose form is not the contract's. */
  oddities: readonly string[];
}

/** One line of an order as app_get_order reports it; `orderTariffId` is the ticket's id. */
export interface PlacedOrderLine {
  orderTariffId: string;
  type: string | undefined;
  cardTypeId: string | undefined;
  cardNumber: string | undefined;
  tariffId: string | undefined;
  currencyId: string | undefined;
  amount: string | undefined;
  quantity: number | undefined;
  /** The ticket is on the card; undefined if the answer does not say. */
  used: boolean | undefined;
  /** `initiated`, `completed`, or undefined while no refund was asked for. */
  payback: string | undefined;
}

/** An order as app_get_order reports it. */
export interface PlacedOrder {
  orderId: string;
  totalAmount: string | undefined;
  lines: PlacedOrderLine[];
  /** False when the answer has unreadable lines: the order has more tickets than `lines`. */
  isWhole: boolean;
}

/**
 * Reads the answer of app_create_order. The order is paid even if fields are odd, so each field is read
 * separately.
 */
export function readCreateOrderAnswer(body: JsonObject | undefined): CreatedOrder {
  const id = readBody(body, (fields) => fields.id('id'));
  const isUsable = id.ok && isUsableId(id.value);
  const rest = new Fields(body ?? {}, '');
  const totalAmount = rest.expectedMoney('totalAmount')?.slice(0, MOST_AMOUNT);
  const uuid = rest.text('uuid');
  const oddities = isUsable ? rest.oddities : [id.ok ? '/id is not the id of an order' : id.detail, ...rest.oddities];
  return { orderId: isUsable ? id.value : undefined, totalAmount, uuid, oddities };
}

/** A longer amount is not stored; the whole answer is stored with its attempt. */
const MOST_AMOUNT = 64;

/** A number is an id if it is whole and above zero; any other text is accepted as an id. */
function isUsableId(text: string): boolean {
  return /^\d+$/.test(text) ? /[1-9]/.test(text) : Number.isNaN(Number(text));
}

/** Reads the answer of app_get_order. An answer without an id is not usable. */
export function readOrder(body: JsonObject | undefined): Reading<PlacedOrder> {
  return readBody(body, (fields) => {
    const { entries: lines, isWhole } = fields.optionalEntries('orderData', (line) => ({
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
    }));
    return { orderId: fields.id('id'), totalAmount: fields.optionalMoney('totalAmount'), lines, isWhole };
  });
}
