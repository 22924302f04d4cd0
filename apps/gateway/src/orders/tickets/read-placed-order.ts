import { readOrder, requestId, type PlacedOrder, type Reading } from '@vestibule/troika-contract';
import type { CallResult } from '@vestibule/troika-client';
import type { Partner } from '../../partner/partner.js';

/** The partner's order, as its answer to app_create_order named it. */
export interface PlacedOrderRef {
  readonly troikaOrderId: string;
  /** Sent when a create answer carried one (troika-business.md, "What is unknown"). */
  readonly troikaUuid: string | null;
}

/** The result of reading data of the partner. */
export type PartnerReading<T> =
  | {
      readonly kind: 'read';
      readonly value: T;
      /** Fields of a wrong form; absent without any. */
      readonly oddities?: readonly string[];
    }
  /** It answered another code than 0. */
  | { readonly kind: 'refused'; readonly resultCode: number; readonly resultMessage: string }
  /** It answered 0, and what it says cannot be used; the detail names a field, never its value. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** No answer: nothing is known, and the question may be asked again. */
  | {
      readonly kind: 'silent';
      readonly outcome: 'not-sent' | 'not-executed' | 'unknown';
      readonly reason: string;
      readonly retryAfterSecs?: number;
    };

/**
 * Reads the state of an order of the partner with app_get_order; it may be repeated.
 *
 * @param hasSlot the call's slot of the rate limiter was taken before
 * @throws an error of the database when no slot can be taken; nothing was sent then
 */
export async function readPlacedOrder(
  partner: Partner,
  ref: PlacedOrderRef,
  options: { hasSlot?: boolean } = {},
): Promise<PartnerReading<PlacedOrder>> {
  return placedOrderOf(await askForPlacedOrder(partner, ref, options), ref);
}

/** The call alone, for a caller that has more to learn from it than the order: whether the partner was reached. */
export function askForPlacedOrder(
  partner: Partner,
  { troikaOrderId, troikaUuid }: PlacedOrderRef,
  { hasSlot = false } = {},
): Promise<CallResult> {
  const body = { id: requestId(troikaOrderId), ...(troikaUuid === null ? {} : { uuid: troikaUuid }) };
  return hasSlot ? partner.callInSlot('app_get_order', body) : partner.call('app_get_order', body);
}

/** The result of such a call; an answer about another order is ignored. */
export function placedOrderOf(
  result: CallResult,
  { troikaOrderId }: Pick<PlacedOrderRef, 'troikaOrderId'>,
): PartnerReading<PlacedOrder> {
  const reading = readingOfCall(result, readOrder);
  if (reading.kind !== 'read' || reading.value.orderId === troikaOrderId) return reading;
  return { kind: 'unreadable', detail: '/id is the one of another order' };
}

/** The outcome of a call that only reads, with its answer read. */
export function readingOfCall<T>(
  result: CallResult,
  read: (body: Extract<CallResult, { kind: 'answered' }>['answer']['body']) => Reading<T>,
): PartnerReading<T> {
  if (result.kind !== 'answered') {
    const { kind: outcome, reason } = result;
    const retryAfterSecs = result.kind === 'not-sent' ? undefined : result.retryAfterSecs;
    return { kind: 'silent', outcome, reason, ...(retryAfterSecs === undefined ? {} : { retryAfterSecs }) };
  }
  const { resultCode, resultMessage, body } = result.answer;
  if (resultCode !== 0) return { kind: 'refused', resultCode, resultMessage };
  const reading = read(body);
  if (!reading.ok) return { kind: 'unreadable', detail: reading.detail };
  const { value, oddities } = reading;
  return { kind: 'read', value, ...(oddities === undefined ? {} : { oddities }) };
}
