import type { Ticket } from '@vestibule/troika-contract';
import { numberText } from '../order.js';
import type { TicketRecord } from '../ticket.js';

/** A ticket as the API gives it. */
export interface TicketView {
  readonly orderId: string;
  readonly ticket: TicketRecord;
  /** What the partner told of it just now; undefined when it did not. */
  readonly told: Ticket | undefined;
  /** When that was; without it, when the ledger learnt of the ticket's state. */
  readonly readAt: Date;
}

/** Ids and money are the numbers that the partner sent, digit for digit. */
export function encodeTicketView({ orderId, ticket, told, readAt }: TicketView): string {
  const fields: readonly (readonly [name: string, json: string])[] = [
    ['orderTariffId', numberText(ticket.orderTariffId)],
    ['orderId', JSON.stringify(orderId)],
    ['cardNumber', JSON.stringify(ticket.cardNumber)],
    ['tariffId', numberText(ticket.tariffId ?? told?.tariffId ?? null)],
    ['status', JSON.stringify(ticket.status)],
    ['name', textOrNull(told?.name)],
    ['description', textOrNull(told?.description)],
    ['imageUrl', textOrNull(told?.imageUrl)],
    ['price', numberText(told?.price ?? null)],
    ['currencyId', textOrNull(told?.currencyId)],
    ['ticketGroup', textOrNull(told?.ticketGroup)],
    ['validityDays', JSON.stringify(told?.validityDays ?? null)],
    ['types', JSON.stringify(told?.types ?? [])],
    ['zone', textOrNull(told?.zone)],
    ['readAt', JSON.stringify(readAt.toISOString())],
    ['stale', String(told === undefined)],
  ];
  return `{${fields.map(([name, json]) => `"${name}":${json}`).join(',')}}`;
}

function textOrNull(text: string | undefined): string {
  return JSON.stringify(text ?? null);
}
