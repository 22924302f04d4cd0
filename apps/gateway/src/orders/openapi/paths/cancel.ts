import { jsonAnswer, NO_FIELDS, parameterRef, schemaRef, type Json } from '../build.js';
import { CANCELLED_ORDER, CANCELLING_ORDER, REFUNDED_ORDER } from '../examples.js';
import { problems } from '../problems.js';

const AT_THE_PARTNER = `What is paid is cancelled by Тройка Бизнес, and only what it was seen to say counts: 200 when the order shows it, 202 when
the cancellation was taken and does not show yet. The call is safe to repeat: what is cancelled already is answered the
same, two that come together ask once, and after a call of which no one knows the end (502, 504) the gateway looks before
it asks again.`;

const ACCEPTED = jsonAnswer(
  'Taken by Тройка Бизнес, which does not show it yet; the order as it is now.',
  schemaRef('Order'),
  {
    taken: CANCELLING_ORDER,
  },
);

const PROBLEMS = problems([403, 404, 413, 415, 422], {
  409: 'NotCancelled',
  502: 'MaybeCancelled',
  503: 'PartnerUnavailable',
  504: 'MaybeCancelled',
});

/** The calls that take orders and tickets back. */
export const CANCEL_PATHS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  '/orders/{id}/cancel': {
    post: {
      operationId: 'cancelOrder',
      tags: ['Orders'],
      summary: 'Cancel an order',
      description: `Before it is sent it ends here. ${AT_THE_PARTNER}`,
      parameters: [parameterRef('OrderId')],
      requestBody: NO_FIELDS,
      responses: {
        '200': jsonAnswer('The cancelled order.', schemaRef('Order'), {
          beforeItWasSent: CANCELLED_ORDER,
          byThePartner: REFUNDED_ORDER,
        }),
        '202': ACCEPTED,
        ...PROBLEMS,
      },
    },
  },
  '/orders/{id}/tickets/{orderTariffId}/cancel': {
    post: {
      operationId: 'cancelTicket',
      tags: ['Orders'],
      summary: 'Cancel one ticket of a confirmed order',
      description: `The others stay; the last one takes the order with it. ${AT_THE_PARTNER}`,
      parameters: ['OrderId', 'OrderTariffId'].map(parameterRef),
      requestBody: NO_FIELDS,
      responses: {
        '200': jsonAnswer('The order: the money for the ticket is on its way back, or back.', schemaRef('Order'), {
          theLastTicket: REFUNDED_ORDER,
        }),
        '202': ACCEPTED,
        ...PROBLEMS,
      },
    },
  },
};
