import { JsonNumber, type JsonObject } from '@vestibule/envelope';
import type { OrderLine } from '@vestibule/troika-contract';
import { type ExecutedOrder, type TicketState, bodyOf, ticketIdOf } from '../book.js';
import { type DictionaryCardType, type DictionaryTariff, TARIFFS } from '../dictionary.js';

/** How things look in the answers of Тройка Бизнес (troika-business.md, "Methods", last column). */

/** An entry of `tariff[]`. */
export function tariffEntry(tariff: DictionaryTariff): JsonObject {
  return {
    id: whole(tariff.id),
    name: tariff.name,
    description: tariff.description,
    imageUrl: tariffImage(tariff.id),
    currencyId: 'RUB',
    priceMin: roubles(tariff.priceMinKopecks),
    priceMax: roubles(tariff.priceMaxKopecks),
    ticketGroup: tariff.ticketGroup,
    validityDays: whole(tariff.validityDays),
    relatedValues: [...tariff.relatedValues],
    relatedIds: tariff.relatedIds.map(whole),
    types: [...tariff.types],
    zone: tariff.zone,
  };
}

/** An entry of `cardType[]`; its id is a text here, though an order names it with a number. */
export function cardTypeEntry({ id, name, description, priceKopecks, depositKopecks }: DictionaryCardType): JsonObject {
  const imageUrl = `https://images.invalid/card/${id}.png`;
  return { id, name, description, imageUrl, price: roubles(priceKopecks), deposit: roubles(depositKopecks) };
}

/** The words of `payback` in app_get_order. */
const PAYBACK: Partial<Record<TicketState, string>> = { 'payback-initiated': 'initiated', payback: 'completed' };

/** An entry of `orderData[]` of app_get_order; `payback` is there only once the money is on its way back. */
export function orderLine(order: ExecutedOrder, line: OrderLine, index: number): JsonObject {
  const state = order.tickets[index] ?? 'pending';
  const payback = PAYBACK[state];
  return {
    orderTariffId: whole(ticketIdOf(order, index)),
    type: line.type,
    ...(line.cardTypeId === undefined ? {} : { cardTypeId: whole(line.cardTypeId) }),
    ...(line.cardNumber === undefined ? {} : { cardNumber: line.cardNumber }),
    tariffId: whole(line.tariffId),
    currencyId: line.currencyId,
    amount: roubles(order.lineKopecks[index] ?? 0),
    quantity: whole(line.quantity ?? 1),
    used: state === 'written',
    ...(payback === undefined ? {} : { payback }),
  };
}

/** The body of app_get_ticket: `id` is the tariff's, `types` one comma-separated text, the zone a capital letter. */
export function ticketBody(order: ExecutedOrder, index: number): JsonObject {
  const tariffId = bodyOf(order).orderData[index]?.tariffId ?? 0;
  const tariff = TARIFFS.get(tariffId);
  return {
    orderTariffId: whole(ticketIdOf(order, index)),
    orderId: whole(order.orderId),
    id: whole(tariffId),
    imageUrl: tariffImage(tariffId),
    price: roubles(order.lineKopecks[index] ?? 0),
    name: tariff?.name ?? '',
    description: tariff?.description ?? '',
    currencyId: 'RUB',
    ticketGroup: tariff?.ticketGroup ?? '',
    validityDays: whole(tariff?.validityDays ?? 0),
    types: (tariff?.types ?? []).join(','),
    zone: zoneLetter(tariff?.zone),
    // This method does not distinguish money on its way from money that is back.
    status: (order.tickets[index] ?? 'pending').replace('payback-initiated', 'payback'),
  };
}

/** Kopecks as the contract's FLOAT of roubles: a whole sum is written without decimals. */
export function roubles(kopecks: number): JsonNumber {
  return new JsonNumber(String(kopecks / 100));
}

/** A whole number as an answer carries it. */
export function whole(value: number): JsonNumber {
  return new JsonNumber(String(value));
}

function tariffImage(tariffId: number): string {
  return `https://images.invalid/tariff/${tariffId}.png`;
}

function zoneLetter(zone: DictionaryTariff['zone'] | undefined): string {
  return zone === undefined || zone === 'both' ? 'both' : zone.toUpperCase();
}
