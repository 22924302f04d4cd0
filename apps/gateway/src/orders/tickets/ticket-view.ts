import type { Ticket } from '@vestibule/troika-contract';
import { exactNumber } from '../../core/exact-number.js';
import { date, uuid } from '../../http/schema/formats.js';
import { flag, named, object, orNull, text, type TypeOf } from '../../http/schema/schema.js';
import { IMAGE, IN_RUSSIAN, partnerNumberOrNull, TARIFF_FACTS } from '../../partner/answer-fields.js';
import { TICKET_FIELDS, type TicketRecord } from '../ticket.js';

/** What is known of a ticket. */
export interface TicketView {
  readonly orderId: string;
  readonly ticket: TicketRecord;
  /** What the partner said of it just now; undefined when it did not. */
  readonly details: Ticket | undefined;
  /** When that was; without it, when the ledger learnt of the ticket's state. */
  readonly readAt: Date;
}

/** A ticket as the API gives it. */
export const TICKET = named(
  'Ticket',
  object(
    {
      ...TICKET_FIELDS,
      orderId: uuid('The id of its order here.'),
      name: orNull(text('The name of the tariff, in Russian.')),
      description: IN_RUSSIAN,
      imageUrl: IMAGE,
      price: partnerNumberOrNull('In roubles.'),
      currencyId: orNull(text('Such as RUB.')),
      ticketGroup: orNull(text('As the tariff has it.')),
      ...TARIFF_FACTS,
      readAt: date('When Тройка Бизнес reported this.'),
      stale: flag('Тройка Бизнес did not answer just now: this is what is known here, and what only it knows is null.'),
    },
    { description: 'One ticket.' },
  ),
);

/** Ids and money are the numbers that the partner sent, digit for digit. */
export function ticketView({ orderId, ticket, details, readAt }: TicketView): TypeOf<typeof TICKET> {
  return {
    orderTariffId: exactNumber(ticket.orderTariffId),
    orderId,
    cardNumber: ticket.cardNumber,
    tariffId: exactNumber(ticket.tariffId ?? details?.tariffId),
    status: ticket.status,
    name: details?.name ?? null,
    description: details?.description ?? null,
    imageUrl: details?.imageUrl ?? null,
    price: exactNumber(details?.price),
    currencyId: details?.currencyId ?? null,
    ticketGroup: details?.ticketGroup ?? null,
    validityDays: details?.validityDays ?? null,
    types: details?.types ?? [],
    zone: details?.zone ?? null,
    readAt,
    stale: details === undefined,
  };
}
