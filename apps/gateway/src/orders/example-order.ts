import type { OrderRecord } from './order.js';

/** The order that the API document shows, and the one that the ledger has of it once it is confirmed. */

export const OWN_CARD = {
  orderData: [{ cardNumber: '1234567890', currencyId: 'RUB', quantity: 1, tariffId: 2671, type: 'owncard' }],
  phone: '+71044826548',
};

export const CONFIRMED_RECORD: OrderRecord = {
  id: '019ab3f4-1c2d-7e3f-8a4b-5c6d7e8f9a0b',
  status: 'confirmed',
  reference: 'purchase-1042',
  placedBy: 'demo',
  body: JSON.stringify(OWN_CARD),
  troikaOrderId: '40117',
  totalAmount: '2800',
  resultCode: 0,
  resultMessage: 'OK',
  attempts: 1,
  tickets: [{ orderTariffId: '40117000', cardNumber: '1234567890', tariffId: '2671', status: 'written' }],
  nextAttemptAt: null,
  retryCause: null,
  createdAt: new Date('2026-11-24T09:30:00.000Z'),
  updatedAt: new Date('2026-11-24T09:30:04.000Z'),
};
