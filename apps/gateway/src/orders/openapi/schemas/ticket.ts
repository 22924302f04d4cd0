import { TICKET_STATUSES } from '../../ticket.js';
import { listOf, moment, object, orNull, schemaRef, text, type Json } from '../build.js';
import { partnerNumber, partnerNumberOrNull } from './partner-number.js';

const STATE: Readonly<Record<string, Json>> = {
  orderTariffId: partnerNumber('The id of the ticket, as the calls about tickets take it.'),
  cardNumber: orNull(text('The card it is for; null for a new card.')),
  tariffId: partnerNumberOrNull('Its tariff.'),
  status: schemaRef('TicketStatus'),
};

export const TICKET_SCHEMAS: Readonly<Record<string, Json>> = {
  TicketState: object(STATE),
  TicketStatus: {
    type: 'string',
    enum: [...TICKET_STATUSES],
    description: 'pending: paid, not on the card yet; written: on the card; then the two steps of a refund.',
  },
  Ticket: object(
    {
      ...STATE,
      orderId: text('The id of its order here.', { format: 'uuid' }),
      name: orNull(text('The name of the tariff, in Russian.')),
      description: orNull(text('In Russian.')),
      imageUrl: orNull(text('The address of a picture.')),
      price: partnerNumberOrNull('In roubles.'),
      currencyId: orNull(text('Such as RUB.')),
      ticketGroup: orNull(text('As the tariff has it.')),
      validityDays: orNull({ type: 'integer', description: 'For how many days it is valid.' }),
      types: listOf({ type: 'string' }, { description: '`metro`, `tram`, `bus`, `trolleybus`, `train`.' }),
      zone: orNull(text('`a`, `b` or `both`.')),
      readAt: moment('When Тройка Бизнес told this.'),
      stale: {
        type: 'boolean',
        description: 'Тройка Бизнес did not tell just now: this is what is known here, and what only it knows is null.',
      },
    },
    { description: 'One ticket.' },
  ),
};
