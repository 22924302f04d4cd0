import { writeJson } from '@vestibule/envelope';
import { ticketView, type TicketView } from '../tickets/ticket-view.js';
import type { Json } from './build.js';
import { CONFIRMED_RECORD } from './examples.js';

const [ticket = { orderTariffId: '0', cardNumber: null, tariffId: null, status: 'pending' }] = CONFIRMED_RECORD.tickets;
const KNOWN: TicketView = {
  orderId: CONFIRMED_RECORD.id,
  ticket,
  told: undefined,
  readAt: new Date('2026-11-24T09:30:04.000Z'),
};
const TOLD: TicketView = {
  ...KNOWN,
  told: {
    orderTariffId: ticket.orderTariffId,
    orderId: CONFIRMED_RECORD.troikaOrderId ?? undefined,
    status: 'written',
    statusText: 'written',
    tariffId: '2671',
    name: 'Единый, 30 дней',
    description: 'Безлимитные поездки по городу, 30 дней',
    imageUrl: 'https://example.com/2671.png',
    price: '2800',
    currencyId: 'RUB',
    ticketGroup: 'tat',
    validityDays: 30,
    types: ['metro', 'tram', 'bus', 'trolleybus'],
    zone: 'a',
  },
  readAt: new Date('2026-11-24T09:45:00.000Z'),
};

/** A ticket as its encoder writes it. */
export const TICKET_VIEWS: Json = {
  told: JSON.parse(writeJson(ticketView(TOLD))) as Json,
  whatIsKnown: JSON.parse(writeJson(ticketView(KNOWN))) as Json,
};
