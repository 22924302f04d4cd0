import type { JsonObject } from '@vestibule/envelope';
import { type Reading, readBody } from './fields.js';

/** The status of a ticket. `other` is a status that the contract does not have; its text is in `statusText`. */
export type TicketStatus = 'pending' | 'written' | 'payback' | 'other';

/**
 * The words of `status` (troika-business.md, "Methods": app_get_ticket); `writed` is how one version of it spelled
 * `written`.
 */
const TICKET_STATUSES: ReadonlyMap<string, TicketStatus> = new Map([
  ['pending', 'pending'],
  ['written', 'written'],
  ['writed', 'written'],
  ['payback', 'payback'],
]);

/** A ticket as app_get_ticket reports it. In its answer `id` is the tariff's. */
export interface Ticket {
  orderTariffId: string;
  orderId: string | undefined;
  tariffId: string | undefined;
  imageUrl: string | undefined;
  price: string | undefined;
  name: string | undefined;
  description: string | undefined;
  currencyId: string | undefined;
  ticketGroup: string | undefined;
  validityDays: number | undefined;
  types: string[];
  /** `a`, `b` or `both`, always in lower case. */
  zone: string | undefined;
  status: TicketStatus;
  statusText: string | undefined;
}

/** Reads the answer of app_get_ticket. Without a status it says nothing a caller may act on: `other`. */
export function readTicket(body: JsonObject | undefined): Reading<Ticket> {
  return readBody(body, (fields) => {
    const statusText = fields.text('status');
    return {
      orderTariffId: fields.id('orderTariffId'),
      orderId: fields.optionalId('orderId'),
      tariffId: fields.optionalId('id'),
      imageUrl: fields.text('imageUrl'),
      price: fields.optionalMoney('price'),
      name: fields.text('name'),
      description: fields.text('description'),
      currencyId: fields.text('currencyId'),
      ticketGroup: fields.text('ticketGroup'),
      validityDays: fields.count('validityDays'),
      types: fields.words('types'),
      zone: fields.text('zone')?.toLowerCase(),
      status: TICKET_STATUSES.get(statusText?.trim().toLowerCase() ?? '') ?? 'other',
      statusText,
    };
  });
}
