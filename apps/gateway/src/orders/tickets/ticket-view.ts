import type { Ticket } from '@vestibule/troika-contract';
import { exactNumber } from '../../core/exact-number.js';
import type { TicketRecord } from '../ticket.js';

/** A ticket as the API gives it. */
export interface TicketView {
  readonly orderId: string;
  readonly ticket: TicketRecord;
  /** What the partner said of it just now; undefined when it did not. */
  readonly told: Ticket | undefined;
  /** When that was; without it, when the ledger learnt of the ticket's state. */
  readonly readAt: Date;
}

/** Ids and money are the numbers that the partner sent, digit for digit. */
export function ticketView({ orderId, ticket, told, readAt }: TicketView): object {
  return {
    orderTariffId: exactNumber(ticket.orderTariffId),
    orderId,
    cardNumber: ticket.cardNumber,
    tariffId: exactNumber(ticket.tariffId ?? told?.tariffId),
    status: ticket.status,
    name: told?.name ?? null,
    description: told?.description ?? null,
    imageUrl: told?.imageUrl ?? null,
    price: exactNumber(told?.price),
    currencyId: told?.currencyId ?? null,
    ticketGroup: told?.ticketGroup ?? null,
    validityDays: told?.validityDays ?? null,
    types: told?.types ?? [],
    zone: told?.zone ?? null,
    readAt,
    stale: told === undefined,
  };
}
