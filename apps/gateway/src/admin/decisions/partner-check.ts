import { readOrder, requestId, type CreateOrderBody, type PlacedOrder } from '@vestibule/troika-contract';
import type { Partner } from '../../partner/partner.js';

/** The answer of Тройка Бизнес to whether its order is ours. */
export type PartnerCheck =
  /** It has this order, with the same lines. */
  | { readonly kind: 'agrees'; readonly totalAmount: string | null }
  /** It answered, and what it says does not fit. */
  | { readonly kind: 'denies'; readonly detail: string }
  /** It could not be asked, or gave no answer that can be read. */
  | { readonly kind: 'unchecked'; readonly detail: string };

/**
 * Asks with app_get_order, which may be repeated at will.
 *
 * @param partner undefined where the process has no connection to Тройка Бизнес
 * @param body the body of app_create_order that we sent
 */
export async function checkWithPartner(
  partner: Partner | undefined,
  troikaOrderId: string,
  body: CreateOrderBody,
): Promise<PartnerCheck> {
  if (partner === undefined) {
    return { kind: 'unchecked', detail: 'this process has no connection to Тройка Бизнес (TROIKA_URL)' };
  }
  const result = await partner.call('app_get_order', { id: requestId(troikaOrderId) });
  if (result.kind !== 'answered') return { kind: 'unchecked', detail: `${result.kind}: ${result.reason}` };
  const { resultCode, resultMessage, body: answer } = result.answer;
  if (resultCode !== 0) return { kind: 'denies', detail: `it answered ${resultCode} (${resultMessage})` };
  const placed = readOrder(answer);
  if (!placed.ok) return { kind: 'unchecked', detail: `its answer cannot be read: ${placed.detail}` };
  if (!placed.value.isWhole) return { kind: 'unchecked', detail: 'its answer has lines that cannot be read' };
  const difference = differenceOf(placed.value, troikaOrderId, body);
  if (difference !== undefined) return { kind: 'denies', detail: difference };
  return { kind: 'agrees', totalAmount: placed.value.totalAmount ?? null };
}

/** Compares the data that both sides always have: a line may be repeated per ticket, and a field may be absent. */
function differenceOf(placed: PlacedOrder, troikaOrderId: string, body: CreateOrderBody): string | undefined {
  if (placed.orderId !== troikaOrderId) return `it answered with another order, ${placed.orderId}`;
  const tariffs = setOf(placed.lines.map((line) => line.tariffId));
  if (tariffs.size > 0 && !isSame(tariffs, setOf(body.orderData.map((line) => line.tariffId)))) {
    return 'its order is for other tariffs';
  }
  const cards = setOf(placed.lines.map((line) => line.cardNumber));
  if (cards.size > 0 && !isSame(cards, setOf(body.orderData.map((line) => line.cardNumber)))) {
    return 'its order is for other cards';
  }
  return undefined;
}

function setOf(values: readonly (string | number | undefined)[]): Set<string> {
  return new Set(values.filter((value) => value !== undefined).map(String));
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((value) => other.has(value));
}
