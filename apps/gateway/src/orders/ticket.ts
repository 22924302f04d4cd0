import { named, oneOf } from '../http/schema/schema.js';

/** The state of a ticket: paid and waiting, written to its card, its refund begun or completed. */
export const TICKET_STATUSES = ['pending', 'written', 'refund-initiated', 'refunded'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

export const TICKET_STATUS = named(
  'TicketStatus',
  oneOf(TICKET_STATUSES, 'pending: paid, not on the card yet; written: on the card; then the two steps of a refund.'),
);

/** One ticket of an order, as the partner said of it last. Ids are its exact digits, as text. */
export interface TicketRecord {
  /** The ticket's id. */
  readonly orderTariffId: string;
  /** Null for a new card, whose number no one knows yet. */
  readonly cardNumber: string | null;
  readonly tariffId: string | null;
  readonly status: TicketStatus;
}
