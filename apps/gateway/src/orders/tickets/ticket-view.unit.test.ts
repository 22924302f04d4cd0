import { describe, expect, it } from '@jest/globals';
import { decodeAnswer, writeJson } from '@vestibule/envelope';
import { readTicket } from '@vestibule/troika-contract';
import type { TicketRecord } from '../ticket.js';
import { ticketView } from './ticket-view.js';

const TICKET: TicketRecord = {
  orderTariffId: '9007199254740993',
  cardNumber: '0000000042',
  tariffId: '9007199254740995',
  status: 'written',
};
const readAt = new Date('2026-01-02T03:04:05.678Z');

describe('a ticket as the API gives it', () => {
  it('keeps ids and money digit for digit, and the zeros of a card number', () => {
    const body =
      '{"orderTariffId":9007199254740993,"id":9007199254740995,"price":2800.00,"types":"metro,bus","zone":"A"}';
    const decoded = decodeAnswer(Buffer.from(`{"message":{"head":{"resultCode":0},"body":${body}}}`));
    const details = decoded.ok ? readTicket(decoded.answer.body) : decoded;
    if (!details.ok || !('value' in details)) throw new Error('the answer cannot be read');
    expect(writeJson(ticketView({ orderId: 'o-1', ticket: TICKET, details: details.value, readAt }))).toBe(
      '{"orderTariffId":9007199254740993,"orderId":"o-1","cardNumber":"0000000042","tariffId":9007199254740995,' +
        '"status":"written","name":null,"description":null,"imageUrl":null,"price":2800.00,"currencyId":null,' +
        '"ticketGroup":null,"validityDays":null,"types":["metro","bus"],"zone":"a",' +
        '"readAt":"2026-01-02T03:04:05.678Z","stale":false}',
    );
  });

  it('has every field also when the partner answered nothing', () => {
    const ticket = { ...TICKET, cardNumber: null, tariffId: null };
    expect(JSON.parse(writeJson(ticketView({ orderId: 'o-1', ticket, details: undefined, readAt })))).toMatchObject({
      cardNumber: null,
      tariffId: null,
      price: null,
      types: [],
      stale: true,
    });
  });
});
