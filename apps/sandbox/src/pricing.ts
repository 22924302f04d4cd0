import type { CreateOrderBody, OrderLine } from '@vestibule/troika-contract';
import { CARD_TYPES, REGIONS } from './dictionary.js';
import { REFUSALS, type Refusal, refusalAt } from './refusals.js';
import type { Shelf } from './shelf.js';

/**
 * The price of each line of a valid order, in kopecks: (tariff or amount, and the card when it is new) × quantity.
 * The contract says nothing of a sum beyond `totalAmount`; this is the plain reading of its fields.
 */
export function priceOrder(order: CreateOrderBody, shelf: Shelf): number[] | Refusal {
  if (order.regionId !== undefined && !REGIONS.has(order.regionId)) return REFUSALS.unknownRegion;
  const prices: number[] = [];
  for (const [index, line] of order.orderData.entries()) {
    const price = priceLine(line, shelf);
    if (typeof price !== 'number') return refusalAt(price, [`/orderData/${index}`]);
    prices.push(price);
  }
  return prices;
}

function priceLine(line: OrderLine, shelf: Shelf): number | Refusal {
  const ticket = priceTicket(line, shelf);
  if (typeof ticket !== 'number') return ticket;
  const card = line.type === 'newcard' ? CARD_TYPES.get(line.cardTypeId ?? 0)?.priceKopecks : 0;
  if (card === undefined) return REFUSALS.unknownCardType;
  const price = (ticket + card) * (line.quantity ?? 1);
  // Past this a sum would not be exact any more, and no fund is that large.
  return Number.isSafeInteger(price) ? price : REFUSALS.fund;
}

/** The price of one ticket; only a purse takes an amount; any other tariff ignores it. */
function priceTicket(line: OrderLine, shelf: Shelf): number | Refusal {
  const tariff = shelf.tariff(line.tariffId);
  if (tariff === undefined) return REFUSALS.unknownTariff;
  if (tariff.ticketGroup !== 'purse') return tariff.priceMinKopecks;
  const kopecks = Math.round((line.amount ?? 0) * 100);
  return kopecks >= tariff.priceMinKopecks && kopecks <= tariff.priceMaxKopecks ? kopecks : REFUSALS.amount;
}
