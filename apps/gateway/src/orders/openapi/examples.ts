import { writeJson } from '@vestibule/envelope';
import type { Json } from '../../http/schema/schema.js';
import { problemView } from '../../http/problem.js';
import { refusalOf } from '../api/post-answers.js';
import type { OrderRecord } from '../order.js';
import { orderView } from '../order-view.js';

/** Requests and answers that are shown in the document. Those with a request are posted by a test, as they stand. */

const TIMES = { createdAt: '2026-11-24T09:30:00.000Z', updatedAt: '2026-11-24T09:30:00.000Z' };
const NOTHING_YET = { orderId: null, totalAmount: null, resultCode: null, resultMessage: null };

const OWN_CARD = {
  orderData: [{ cardNumber: '1234567890', currencyId: 'RUB', quantity: 1, tariffId: 2671, type: 'owncard' }],
  phone: '+71044826548',
};
const NEW_CARDS = {
  orderData: [{ type: 'newcard', cardTypeId: 1, tariffId: 2671, currencyId: 'RUB', quantity: 2 }],
  phone: '+79161234567',
  regionId: 77,
};
// prettier-ignore
const PURSE = {
  orderData: [
    { type: 'owncard', cardNumber: '0012345678', tariffId: 2680, currencyId: 'RUB', amount: 500, phone: '+79161234567' },
  ],
};

/** The order as it is answered when it was just accepted. */
function accepted(id: string, order: object, reference: string | null = null): object {
  const what = { id, status: 'accepted', reference, placedBy: 'demo', order };
  return { ...what, troika: NOTHING_YET, attempts: 0, tickets: [], ...TIMES };
}

const OWN_CARD_ID = '019ab3f4-1c2d-7e3f-8a4b-5c6d7e8f9a0b';

/** What `POST /orders` can be sent, by name; under the same name what it is answered. */
export const NEW_ORDERS = {
  ownCard: { order: OWN_CARD, reference: 'purchase-1042', metadata: { till: 7 } },
  newCards: { order: NEW_CARDS },
  purse: { order: PURSE },
};
export const ACCEPTED_ORDERS = {
  ownCard: accepted(OWN_CARD_ID, OWN_CARD, 'purchase-1042'),
  newCards: accepted('019ab3f4-1c2e-7a01-9b02-0c03d04e05f0', NEW_CARDS),
  purse: accepted('019ab3f4-1c2f-7b11-8c12-1d13e14f15a1', PURSE),
};

const BATCH_KEYS = ['purchase-2001', 'purchase-2002'];
/** The third entry uses the key of the first for something else. */
export const BATCHES = {
  twoOrdersAndAMistake: {
    orders: [
      { idempotencyKey: BATCH_KEYS[0], order: OWN_CARD },
      { idempotencyKey: BATCH_KEYS[1], order: PURSE, reference: 'purchase-2002' },
      { idempotencyKey: BATCH_KEYS[0], order: PURSE },
    ],
  },
};
export const BATCH_ANSWERS = {
  twoOrdersAndAMistake: {
    outcomes: [
      { status: 202, order: accepted('019ab3f4-1c30-7c21-8d22-2e23f24a25b2', OWN_CARD) },
      { status: 202, order: accepted('019ab3f4-1c30-7d31-9e32-3f33a34b35c3', PURSE, 'purchase-2002') },
      { status: 422, problem: problemView(refusalOf({ kind: 'key-reused' })) },
    ],
  },
};

/** As the ledger has it; what is shown is made of it by the encoder itself. */
export const CONFIRMED_RECORD: OrderRecord = {
  id: OWN_CARD_ID,
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
  createdAt: new Date(TIMES.createdAt),
  updatedAt: new Date('2026-11-24T09:30:04.000Z'),
};

export const CONFIRMED_ORDER = JSON.parse(writeJson(orderView(CONFIRMED_RECORD))) as Json;

export const TEST_REQUESTS = { toTheShop: { url: 'https://shop.example.com/callbacks' } };
export const TEST_RESULTS = {
  toTheShop: {
    webhookId: 'evt_019ab3f41c427b308d2ebb44c55d66e7',
    outcome: 'delivered',
    httpStatus: 204,
    detail: null,
    durationMs: 140,
  },
};
