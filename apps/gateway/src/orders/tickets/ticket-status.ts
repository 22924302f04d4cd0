import type { PlacedOrderLine } from '@vestibule/troika-contract';
import type { TicketStatus } from '../ticket.js';

/** The words of `payback` in app_get_order (troika-business.md, "Methods"). */
const PAYBACK: ReadonlyMap<string, TicketStatus> = new Map([
  ['initiated', 'refund-initiated'],
  ['completed', 'refunded'],
]);

/**
 * What a line of app_get_order says of its ticket. A ticket on a card can be used, so that it counts as written
 * whatever its refund status. A word of `payback` that the contract does not have says nothing: `pending` moves no
 * ticket that is further on ({@link TICKET_MOVES}).
 */
export function ticketStatusOf({ used, payback }: Pick<PlacedOrderLine, 'used' | 'payback'>): TicketStatus {
  if (used) return 'written';
  return PAYBACK.get(payback?.trim().toLowerCase() ?? '') ?? 'pending';
}

/**
 * Which news a ticket takes. Only explicit evidence moves one: a missing field reverts nothing, and a refund is final.
 */
export const TICKET_MOVES: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  pending: ['written', 'refund-initiated', 'refunded'],
  written: ['refund-initiated', 'refunded'],
  'refund-initiated': ['written', 'refunded'],
  refunded: [],
};

/** The states whose money is on its way back, or back: an order that has no other ticket is cancelled. */
export const REFUND_STATUSES = ['refund-initiated', 'refunded'] as const satisfies readonly TicketStatus[];
