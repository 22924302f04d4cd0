import { call } from './call.js';
import type { Result } from './problem.js';
import type { Language } from '../text/language.js';

export const STATUSES = [
  'unknown',
  'failed',
  'rejected',
  'retrying',
  'accepted',
  'sending',
  'confirmed',
  'cancelled',
] as const;
export type OrderStatus = (typeof STATUSES)[number];

/** An order as the producer placed it, as far as a person reads it. */
interface PlacedBody {
  readonly orderData?: readonly { readonly cardNumber?: string; readonly tariffId?: number | string }[];
}

export interface Order {
  readonly id: string;
  readonly status: OrderStatus;
  readonly reference: string | null;
  readonly placedBy: string | null;
  readonly order: PlacedBody;
  readonly troika: {
    readonly orderId: number | null;
    readonly totalAmount: number | null;
    readonly resultCode: number | null;
    readonly resultMessage: string | null;
  };
  readonly attempts: number;
  readonly createdAt: string;
}

export interface OrderList {
  readonly orders: readonly Order[];
  readonly nextCursor: string | null;
}

export interface Attempt {
  readonly number: number;
  readonly startedAt: string;
  readonly outcome: 'answered' | 'not-sent' | 'not-executed' | 'unknown' | null;
  readonly reason: string | null;
  readonly httpStatus: number | null;
  readonly resultCode: number | null;
  readonly resultMessage: string | null;
  readonly durationMs: number | null;
  readonly answer: string | null;
}

export interface OrderStep {
  readonly id: string | number;
  readonly at: string;
  readonly status: OrderStatus;
  readonly cause: string;
  readonly ticketId: string | null;
  readonly who: string | null;
  readonly detail: string | null;
}

interface Reading {
  readonly amount: number;
  readonly readAt: string;
}

/** Of an unknown order: the guarantee fund around its attempt. */
export interface Evidence {
  readonly attempt: Attempt | null;
  readonly fundBefore: Reading | null;
  readonly fundAfter: Reading | null;
  readonly fundBetween: {
    readonly confirmed: readonly object[];
    readonly otherUnknown: number;
    readonly unexplained: { readonly least: number; readonly most: number };
  } | null;
  /** What that says. */
  readonly text: Readonly<Record<Language, string>>;
}

export interface OrderReport {
  readonly order: Order;
  readonly attempts: readonly Attempt[];
  readonly events: readonly OrderStep[];
  readonly evidence: Evidence | null;
}

/** What a confirmation would do. */
export interface ConfirmationCheck {
  readonly would: 'confirm' | 'refuse';
  readonly because: string;
  readonly partner: { readonly check: 'agrees' | 'denies' | 'unchecked' };
  readonly amount: { readonly atPartner: string | null; readonly expected: string | null };
}

export type Decision =
  | { readonly decision: 'confirmed'; readonly troikaOrderId: string }
  | { readonly decision: 'not-created'; readonly then: 'resend' | 'fail' };

export interface OrderFilter {
  readonly status?: string;
  readonly limit?: string;
}

/** What is looked for among all orders; what leads to a person goes in a body, and never in an address. */
export interface OrderSearch {
  readonly status?: readonly string[];
  readonly reason?: string;
  readonly key?: string;
  /** RFC 3339. */
  readonly from?: string;
  readonly to?: string;
  readonly reference?: string;
  readonly troikaOrderId?: string;
  readonly phone?: string;
  /** Needs `from`. */
  readonly cardNumber?: string;
}

const pathOf = (id: string): string => `/admin/orders/${encodeURIComponent(id)}`;

export function listOrders(filter: OrderFilter, cursor?: string): Promise<Result<OrderList>> {
  return call('GET', '/admin/orders', { query: { ...filter, cursor } });
}

export function searchOrders(search: OrderSearch, limit: number, cursor?: string): Promise<Result<OrderList>> {
  return call('POST', '/admin/orders/search', {
    body: { ...search, limit, ...(cursor === undefined ? {} : { cursor }) },
  });
}

export function lookAtOrder(id: string): Promise<Result<OrderReport>> {
  return call('GET', pathOf(id));
}

export function checkConfirmation(id: string, troikaOrderId: string): Promise<Result<ConfirmationCheck>> {
  return call('GET', `${pathOf(id)}/check`, { query: { troikaOrderId } });
}

export function resolveOrder(id: string, decision: Decision, why: string): Promise<Result<Order>> {
  return call('POST', `${pathOf(id)}/resolve`, { body: { ...decision, why } });
}

/** Sends a failed or rejected order again. */
export function replayOrder(id: string, why: string): Promise<Result<Order>> {
  return call('POST', `${pathOf(id)}/replay`, { body: { why } });
}
