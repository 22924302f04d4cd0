import { IDEMPOTENCY_KEY } from '../../../http/idempotency-key.js';
import { NO_FIELDS } from '../../../http/schema/no-fields.js';
import { text } from '../../../http/schema/schema.js';
import { BATCH } from '../../api/batch-request.js';
import { NEW_ORDER } from '../../api/new-order-schema.js';
import { header, sentHeader, type DescribedAnswer } from '../../../http/openapi/describe-calls.js';
import { describeOrdersCalls } from '../describe-orders-calls.js';
import { ACCEPTED_ORDERS, BATCH_ANSWERS, BATCHES, NEW_ORDERS } from '../examples.js';
import { BATCH_DRY_RUN, ORDER_DRY_RUN, PLACING_QUERY } from '../../api/dry-run-view.js';
import { BATCH_ANSWER } from '../../api/post-answers.js';
import { ORDER } from '../../order-view.js';
import { CALLBACK_PATH_ITEM } from '../webhooks.js';

const AT_THE_PARTNER = `What is paid is cancelled by Тройка Бизнес, and only what it was seen to say counts: 200 when the order shows it, 202 when
the cancellation was taken and does not show yet. The call is safe to repeat: what is cancelled already is answered the
same, two that come together ask once, and after a call of which no one knows the end (502, 504) the gateway looks before
it asks again.`;
const ANSWERED_BATCH = { anyOf: [BATCH_ANSWER, BATCH_DRY_RUN] };
const TAKEN: DescribedAnswer = ['Taken by Тройка Бизнес, which does not show it yet; the order as it is now.', ORDER];
const CANCEL = {
  body: [NO_FIELDS],
  problems: { 409: 'NotCancelled', 502: 'MaybeCancelled', 503: 'PartnerUnavailable', 504: 'MaybeCancelled' },
} as const;

/** The calls that place orders, and that take orders and tickets back. */
export const ORDER_PATHS = describeOrdersCalls('Orders', {
  'post /orders': [
    'createOrder',
    'Place an order',
    {
      description:
        'Answered once the order is committed; what becomes of it is learnt afterwards. With `dryRun=true` everything is checked, nothing is placed, and the answer is the price and the fund after it.',
      headers: [
        sentHeader(
          'Idempotency-Key',
          'Another for each order. The same key with the same body gives the same order, however often it is posted; with another body it is refused.',
          IDEMPOTENCY_KEY,
          { required: true, example: '4b4f3c0e-7f0f-4f7e-9f0c-6a1b2f3d9a10' },
        ),
      ],
      body: [NEW_ORDER, NEW_ORDERS],
      query: PLACING_QUERY,
      answers: {
        200: ['The answer of a dry run: what the order would come to.', ORDER_DRY_RUN],
        202: [
          'Accepted, now or when it was posted before.',
          ORDER,
          ACCEPTED_ORDERS,
          {
            Location: header('Where the order is found.', text('A path.')),
            'Idempotency-Replayed': {
              description: 'There when the same order was posted before: the answer is what has become of it.',
              schema: { type: 'string', const: 'true' },
            },
          },
        ],
      },
      more: { callbacks: { event: { '{$request.body#/callbackUrl}': CALLBACK_PATH_ITEM } } },
    },
  ],
  'post /orders/batch': [
    'createBatch',
    'Place up to 1,000 orders',
    {
      description:
        'Each entry is answered as if it had been posted alone, in the order given: faulty ones do not keep the others from being accepted. With `dryRun=true` everything is checked and nothing is placed.',
      body: [BATCH, BATCHES],
      query: PLACING_QUERY,
      answers: { 200: ['One outcome per entry; of a dry run the price too.', ANSWERED_BATCH, BATCH_ANSWERS] },
    },
  ],
  'post /orders/{id}/cancel': [
    'cancelOrder',
    'Cancel an order',
    {
      description: `Before it is sent it ends here. ${AT_THE_PARTNER}`,
      answers: { 200: ['The cancelled order.', ORDER], 202: TAKEN },
      ...CANCEL,
    },
  ],
  'post /orders/{id}/tickets/{orderTariffId}/cancel': [
    'cancelTicket',
    'Cancel one ticket of a confirmed order',
    {
      description: `The others stay; the last one takes the order with it. ${AT_THE_PARTNER}`,
      answers: { 200: ['The order: the money for the ticket is on its way back, or back.', ORDER], 202: TAKEN },
      ...CANCEL,
    },
  ],
});
