import { moment, uuid } from '../../../http/schema/formats.js';
import { flag, integer, listOf, named, object, orNull, text } from '../../../http/schema/schema.js';
import { TICKET_STATUS } from '../../ticket.js';
import { partnerNumber, partnerNumberOrNull } from './partner-number.js';

const STATE = {
  orderTariffId: partnerNumber('The id of the ticket, as the calls about tickets take it.', 40_117_000),
  cardNumber: orNull(text('The card it is for; null for a new card.')),
  tariffId: partnerNumberOrNull('Its tariff.'),
  status: TICKET_STATUS,
};

export const TICKET_STATE = named('TicketState', object(STATE));
export const TICKET = named(
  'Ticket',
  object(
    {
      ...STATE,
      orderId: uuid('The id of its order here.'),
      name: orNull(text('The name of the tariff, in Russian.')),
      description: orNull(text('In Russian.')),
      imageUrl: orNull(text('The address of a picture.')),
      price: partnerNumberOrNull('In roubles.'),
      currencyId: orNull(text('Such as RUB.')),
      ticketGroup: orNull(text('As the tariff has it.')),
      validityDays: orNull(integer('For how many days it is valid.')),
      types: listOf({ type: 'string' }, { description: '`metro`, `tram`, `bus`, `trolleybus`, `train`.' }),
      zone: orNull(text('`a`, `b` or `both`.')),
      readAt: moment('When Тройка Бизнес told this.'),
      stale: flag('Тройка Бизнес did not tell just now: this is what is known here, and what only it knows is null.'),
    },
    { description: 'One ticket.' },
  ),
);
