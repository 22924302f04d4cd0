import { ORDER_QUERY, ORDER_SEARCH } from '../../api/order-query.js';
import { EVENT_QUERY, eventId } from '../../events/last-event-id.js';
import { sentHeader } from '../../../http/openapi/describe-calls.js';
import { describeOrdersCalls } from '../describe-orders-calls.js';
import { exampleOf } from '../../../http/openapi/example-of.js';
import { ATTEMPT_LIST, ORDER_EVENT, ORDER_EVENT_LIST } from '../../ledger/history-records.js';
import { ORDER, ORDER_PAGE } from '../../order-view.js';
import { TICKET } from '../../tickets/ticket-view.js';

const STREAM = {
  schema: { type: 'string' },
  example: `retry: 2000\n\nid: 1\ndata: ${JSON.stringify(exampleOf(ORDER_EVENT))}\n\n: nothing new\n\n`,
};

/** The calls that return the state of orders and tickets. */
export const FOLLOWING_PATHS = describeOrdersCalls('Following', {
  'get /orders': [
    'listOrders',
    'Find orders',
    {
      description: `Newest first. A cursor is the place of the last order of its page, so that orders which come in between move no other:
the one who walks to the end sees every order that was there at the beginning exactly once, as long as the filters still
fit it. An order counts as accepted when its transaction began, and is seen once it is committed, moments later: who
asks again and again for what is new should let \`from\` overlap by a minute.`,
      query: ORDER_QUERY,
      answers: { 200: ['A page.', ORDER_PAGE] },
    },
  ],
  'post /orders/search': [
    'searchOrders',
    'Find orders by phone or card',
    {
      description:
        'What leads to a person is in the body, because logs keep addresses. Otherwise the same as `GET /orders`.',
      body: [ORDER_SEARCH],
      answers: { 200: ['A page.', ORDER_PAGE] },
    },
  ],
  'get /orders/{id}': ['getOrder', 'Look at an order', { answers: { 200: ['The order as it is now.', ORDER] } }],
  'get /orders/{id}/attempts': [
    'listAttempts',
    'What was sent and answered',
    { answers: { 200: ['Every attempt, the first one first.', ATTEMPT_LIST] } },
  ],
  'get /orders/{id}/events': [
    'listEvents',
    'The history of an order, as a list or live',
    {
      description: `With \`Accept: text/event-stream\` it is a stream of server-sent events: first what has happened, then what happens, each
event's \`data\` an OrderEvent and its \`id\` the event's. A comment every 15 seconds shows that the line stands. The
stream stays open, because an operator may still decide and tickets still change; it ends after an hour, and when the
gateway stops. Come back with \`Last-Event-ID\`, and you miss nothing.`,
      headers: [
        sentHeader(
          'Last-Event-ID',
          'The id of the last event you have: a stream continues after it. A browser sends it when it comes back.',
          eventId('Digits.'),
        ),
      ],
      query: EVENT_QUERY,
      answers: { 200: ['Oldest first; as a stream, those to come as well.', ORDER_EVENT_LIST] },
      other: { 'text/event-stream': STREAM },
    },
  ],
  'get /orders/{id}/tickets/{orderTariffId}': [
    'getTicket',
    'Look at a ticket, as Тройка Бизнес reports it now',
    {
      description: `When it does not answer within five seconds, the answer is what is known here, with \`stale\`. Callbacks and events
report changes by themselves: this call is for a person who waits.`,
      answers: { 200: ['The ticket.', TICKET] },
      problems: { 409: 'Conflict', 502: 'PartnerAnswer', 503: 'PartnerUnavailable' },
    },
  ],
});
