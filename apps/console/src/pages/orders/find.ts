import { searchOrders, type OrderSearch } from '../../api/orders.js';
import type { Result } from '../../api/problem.js';

/** What a text in the box may be of an order, apart from its id. */
export type FoundBy = 'reference' | 'troikaOrderId' | 'phone' | 'cardNumber';

export interface Finding {
  readonly by: FoundBy;
  readonly value: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Cards are looked for in the orders of this time: no index leads to them. */
const CARD_DAYS = 30;
const DAY_MS = 86_400_000;

/** Whether a text is the id of an order, which leads to its page. */
export function isOrderId(text: string): boolean {
  return UUID.test(text);
}

/** What a text may be, the cheapest to look up first. */
export function findingsOf(text: string): readonly Finding[] {
  const digits = text.replaceAll(/[\s()-]/g, '');
  const findings: Finding[] = [{ by: 'reference', value: text }];
  if (/^[1-9]\d{0,15}$/.test(digits)) findings.push({ by: 'troikaOrderId', value: digits });
  const phone = /^(?:\+7|8|7)(\d{10})$/.exec(digits)?.[1] ?? /^(9\d{9})$/.exec(digits)?.[1];
  if (phone !== undefined) findings.push({ by: 'phone', value: `+7${phone}` });
  if (/^\d{6,10}$/.test(digits)) findings.push({ by: 'cardNumber', value: digits });
  return findings;
}

/** What a finding adds to a search. */
export function withFinding(search: OrderSearch, { by, value }: Finding, now: number): OrderSearch {
  const from = by === 'cardNumber' ? { from: new Date(now - CARD_DAYS * DAY_MS).toISOString() } : {};
  return { ...from, ...search, [by]: value };
}

/**
 * Finds out what a text is of an order.
 *
 * @param search what is looked for beside it
 * @returns undefined where no order has it
 */
export async function findOut(text: string, search: OrderSearch, now: number): Promise<Result<Finding | undefined>> {
  for (const finding of findingsOf(text)) {
    const result = await searchOrders(withFinding(search, finding, now), 1);
    if (!result.ok) return result;
    if (result.value.orders.length > 0) return { ok: true, value: finding };
  }
  return { ok: true, value: undefined };
}
