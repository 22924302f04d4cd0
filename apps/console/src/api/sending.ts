import { call } from './call.js';
import type { Result } from './problem.js';
import type { Language } from '../text/language.js';

export interface SendingStop {
  readonly reason: string;
  readonly message: string;
  readonly since: string;
  readonly continuesByItself: boolean;
  readonly nextAt: string | null;
}

export interface SendingReport {
  readonly state: 'open' | 'stopped';
  readonly stops: readonly SendingStop[];
  readonly unknownOutcomes: number;
}

export interface StatusCount {
  readonly status: string;
  readonly count: number;
  readonly oldestAt: string | null;
  readonly oldestAgeSecs: number | null;
}

export interface OrderCounts {
  readonly counts: readonly StatusCount[];
  readonly sendingHold: { readonly floor: string | null; readonly amountLeft: string | null };
}

export interface OperatorEvent {
  readonly id: string;
  readonly at: string;
  readonly closedAt: string | null;
  readonly kind: string;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly text: Readonly<Record<Language, string>>;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Whether orders are sent, and what waits. */
export interface SendingState {
  readonly sending: SendingReport;
  readonly orders: OrderCounts;
  readonly events: readonly OperatorEvent[];
}

const EVENTS_SHOWN = '10';

export async function lookAtSending(): Promise<Result<SendingState>> {
  const [sending, orders, events] = await Promise.all([
    call<SendingReport>('GET', '/admin/sending'),
    call<OrderCounts>('GET', '/admin/order-counts'),
    call<{ events: readonly OperatorEvent[] }>('GET', '/admin/events', { query: { limit: EVENTS_SHOWN } }),
  ]);
  if (!sending.ok) return sending;
  if (!orders.ok) return orders;
  if (!events.ok) return events;
  return { ok: true, value: { sending: sending.value, orders: orders.value, events: events.value.events } };
}

export function stopSending(why: string): Promise<Result<SendingReport>> {
  return call('POST', '/admin/sending/stop', { body: { why } });
}

/** @param sentUntil RFC 3339; empty: nothing was sent elsewhere */
export function resumeSending(why: string, sentUntil: string): Promise<Result<{ readonly madeUnknown: number }>> {
  return call('POST', '/admin/sending/resume', { body: { why, ...(sentUntil === '' ? {} : { sentUntil }) } });
}
