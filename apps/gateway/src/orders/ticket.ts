import { named, object, oneOf, orNull, text } from '../http/schema/schema.js';
import { partnerNumber, partnerNumberOrNull } from '../partner/answer-fields.js';

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

/** The fields by which the API gives a ticket, in an order and alone. */
export const TICKET_FIELDS = {
  orderTariffId: partnerNumber('The id of the ticket, as the calls about tickets take it.', 40_117_000),
  cardNumber: orNull(text('The card it is for; null for a new card.')),
  tariffId: partnerNumberOrNull('Its tariff.'),
  status: TICKET_STATUS,
};
export const TICKET_STATE = named('TicketState', object(TICKET_FIELDS));
