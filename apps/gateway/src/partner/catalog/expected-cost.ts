import type { CardType, CreateOrderBody, OrderLine } from '@vestibule/troika-contract';
import { kopecksAtBound } from '../../orders/decimal.js';
import type { CardRule, OrderRules } from './order-rules.js';

/** In kopecks, both ends included. */
export interface CostRange {
  readonly least: number;
  readonly most: number;
}

export function cardRule({ price, deposit }: CardType): CardRule {
  const [card, pledge] = [price, deposit].map((amount) => (amount === undefined ? 0 : kopecksAtBound(amount, 'least')));
  return { most: card === undefined || pledge === undefined ? undefined : card + pledge };
}

/**
 * Between what an order should cost: its tariffs or amounts, with and without what a new card costs, once and as often
 * as a line says. The contract does not say how `totalAmount` is computed, so the range is wide.
 *
 * @returns undefined where a dictionary does not say, or is too old to say
 */
export function expectedCost(order: CreateOrderBody, rules: OrderRules): CostRange | undefined {
  let [least, most] = [0, 0];
  for (const line of order.orderData) {
    const cost = costOfLine(line, rules);
    if (cost === undefined) return undefined;
    least += cost.least;
    most += cost.most;
  }
  return { least, most };
}

function costOfLine(line: OrderLine, { tariffs, 'card-types': cardTypes }: OrderRules): CostRange | undefined {
  if (tariffs === undefined || tariffs.isStale()) return undefined;
  const tariff = tariffs.entries.get(line.tariffId);
  if (tariff === undefined) return undefined;
  const ticket = tariff.isPurse ? purse(line.amount) : { least: tariff.least, most: tariff.most };
  const card = line.type === 'owncard' ? 0 : cardTypes?.entries.get(line.cardTypeId ?? 0)?.most;
  if (ticket === undefined || card === undefined || !Number.isFinite(ticket.least + ticket.most)) return undefined;
  return { least: ticket.least, most: (ticket.most + card) * Math.max(1, line.quantity ?? 1) };
}

function purse(amount: number | undefined): CostRange | undefined {
  if (amount === undefined) return undefined;
  const kopecks = Math.round(amount * 100);
  return { least: kopecks, most: kopecks };
}
