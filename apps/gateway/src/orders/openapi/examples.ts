import { writeJson } from '@vestibule/envelope';
import { batchView } from '../api/post-answers.js';
import { CONFIRMED_RECORD, OWN_CARD } from '../example-order.js';
import type { OrderRecord } from '../order.js';
import { orderView } from '../order-view.js';

/** Requests and answers that are shown in the document. Those with a request are posted by a test, as they stand. */

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

/** The order as the ledger has it when it was just accepted. */
function accepted(id: string, order: object, reference: string | null = null): OrderRecord {
  const { placedBy, createdAt } = CONFIRMED_RECORD;
  const nothingYet = {
    troikaOrderId: null,
    totalAmount: null,
    resultCode: null,
    resultMessage: null,
    nextAttemptAt: null,
    retryCause: null,
  };
  const body = JSON.stringify(order);
  const times = { createdAt, updatedAt: createdAt };
  return { id, status: 'accepted', reference, placedBy, body, ...nothingYet, attempts: 0, tickets: [], ...times };
}

/** What a view gives, as a reader of the answer sees it. */
const shown = (view: object): unknown => JSON.parse(writeJson(view));

/** What `POST /orders` can be sent, by name; under the same name what it is answered. */
export const NEW_ORDERS = {
  ownCard: { order: OWN_CARD, reference: 'purchase-1042', metadata: { till: 7 } },
  newCards: { order: NEW_CARDS },
  purse: { order: PURSE },
};
export const ACCEPTED_ORDERS = {
  ownCard: shown(orderView(accepted(CONFIRMED_RECORD.id, OWN_CARD, 'purchase-1042'))),
  newCards: shown(orderView(accepted('019ab3f4-1c2e-7a01-9b02-0c03d04e05f0', NEW_CARDS))),
  purse: shown(orderView(accepted('019ab3f4-1c2f-7b11-8c12-1d13e14f15a1', PURSE))),
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
  twoOrdersAndAMistake: shown(
    batchView([
      { kind: 'accepted', order: accepted('019ab3f4-1c30-7c21-8d22-2e23f24a25b2', OWN_CARD) },
      { kind: 'accepted', order: accepted('019ab3f4-1c30-7d31-9e32-3f33a34b35c3', PURSE, 'purchase-2002') },
      { kind: 'key-reused' },
    ]),
  ),
};

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
