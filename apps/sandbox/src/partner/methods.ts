import type { JsonObject } from '@vestibule/envelope';
import { type CreateOrderBody, type MethodName, validateCreateOrder } from '@vestibule/troika-contract';
import { type Book, bodyOf, totalKopecksOf } from '../book.js';
import { CARD_TYPES, REGIONS } from '../dictionary.js';
import type { FaultMode } from '../faults/modes.js';
import { priceOrder } from '../pricing.js';
import { REFUSALS, type Refusal, refusalAt } from '../refusals.js';
import type { Shelf } from '../shelf.js';
import { cardTypeEntry, orderLine, roubles, tariffEntry, ticketBody, whole } from './views.js';

/** One request that has passed the checks of its headers and head. */
export interface PartnerCall {
  /** The body with ordinary numbers; `{}` without a body. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly rawBody: () => string;
  readonly fault: FaultMode;
}

/** A successful call: the answer's body, or none for the cancel methods. */
export interface Done {
  readonly body?: JsonObject;
}

type Run = (call: PartnerCall, book: Book, shelf: Shelf) => Done | Refusal;

/** What each of the nine methods does (troika-business.md, "Methods"). */
export const RUN: Readonly<Record<MethodName, Run>> = {
  app_get_tariff: (_call, _book, shelf) => ({ body: { tariff: shelf.onSale().map(tariffEntry) } }),
  app_get_cardtype: () => ({ body: { cardType: [...CARD_TYPES.values()].map(cardTypeEntry) } }),
  app_get_region: () => ({ body: { region: [...REGIONS.values()].map((region) => ({ ...region })) } }),
  app_create_order: createOrder,
  app_get_order: getOrder,
  app_get_ticket: getTicket,
  app_cancel_ticket: cancelTicket,
  app_cancel_order: cancelOrder,
  app_get_businessaccount: (_call, book) => ({
    body: {
      name: 'ООО «Пример»',
      fund: roubles(book.fundKopecks),
      amount: roubles(book.fundLeftKopecks),
      currencyId: 'RUB',
    },
  }),
};

function createOrder({ body, receivedAt, rawBody, fault }: PartnerCall, book: Book, shelf: Shelf): Done | Refusal {
  const faults = validateCreateOrder(body);
  if (faults.length > 0) {
    return refusalAt(
      REFUSALS.body,
      faults.slice(0, 3).map(({ pointer }) => pointer),
    );
  }
  const order = body as unknown as CreateOrderBody;
  const lineKopecks = priceOrder(order, shelf);
  if ('resultCode' in lineKopecks) return lineKopecks;
  const state = order.writeRemote === true ? 'written' : 'pending';
  const tickets = lineKopecks.map(() => state);
  const executed = book.execute({ receivedAt, rawBody: rawBody(), lineKopecks, fault, tickets });
  if ('resultCode' in executed) return executed;
  return { body: { id: whole(executed.orderId), totalAmount: roubles(totalKopecksOf(executed)) } };
}

function getOrder({ body }: PartnerCall, book: Book): Done | Refusal {
  const id = body['id'];
  // The contract requires uuid but does not define it: any text is accepted.
  const uuid = body['uuid'];
  if (!isId(id)) return refusalAt(REFUSALS.body, ['/id']);
  if (uuid !== undefined && typeof uuid !== 'string') return refusalAt(REFUSALS.body, ['/uuid']);
  const order = book.order(id);
  if (order === undefined) return REFUSALS.noOrder;
  const orderData = bodyOf(order).orderData.map((line, index) => orderLine(order, line, index));
  return { body: { id: whole(order.orderId), totalAmount: roubles(totalKopecksOf(order)), orderData } };
}

function getTicket({ body }: PartnerCall, book: Book): Done | Refusal {
  const found = findTicket(body, book);
  if ('resultCode' in found) return found;
  return { body: ticketBody(found.order, found.line) };
}

function cancelTicket({ body }: PartnerCall, book: Book): Done | Refusal {
  const found = findTicket(body, book);
  if ('resultCode' in found) return found;
  return book.cancel(found.order, found.line) ?? {};
}

function cancelOrder({ body }: PartnerCall, book: Book): Done | Refusal {
  const orderId = body['orderId'];
  if (!isId(orderId)) return refusalAt(REFUSALS.body, ['/orderId']);
  const order = book.order(orderId);
  return order === undefined ? REFUSALS.noOrder : (book.cancelOrder(order) ?? {});
}

function findTicket(body: PartnerCall['body'], book: Book): NonNullable<ReturnType<Book['ticket']>> | Refusal {
  const ticketId = body['orderTariffId'];
  if (!isId(ticketId)) return refusalAt(REFUSALS.body, ['/orderTariffId']);
  return book.ticket(ticketId) ?? REFUSALS.noTicket;
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
