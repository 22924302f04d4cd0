import { kind } from './problem-kind.js';

const READ_DETAIL = 'The detail says in which state it is and what can be done.';

/** What can be wrong with a producer's call about orders, tickets, callbacks and the catalogue. */
export const ORDER_PROBLEMS = {
  'order-of-another-key': kind(
    403,
    'Order of another key',
    'The key may read the order, but another key placed it.',
    'Change it with the key that placed it.',
  ),
  'order-not-found': kind(
    404,
    'Order not found',
    'There is no order with this id, or another key placed it.',
    'Check the id; an order is found with the key that placed it.',
  ),
  'ticket-not-found': kind(
    404,
    'Ticket not found',
    'The order has no ticket with this id.',
    'Take an id of `tickets` of the order.',
  ),
  'endpoint-not-found': kind(
    404,
    'Endpoint not found',
    'The key has no endpoint of callbacks with this id.',
    'Take an id of GET /callbacks/endpoints.',
  ),
  'delivery-not-found': kind(
    404,
    'Delivery not found',
    'The key has no delivery with this id.',
    'Take an id of GET /callbacks/deliveries.',
  ),
  'order-not-cancellable': kind(
    409,
    'Order not cancellable',
    'The order is in a state in which it cannot be cancelled.',
    READ_DETAIL,
  ),
  'order-without-tickets': kind(
    409,
    'Order without tickets',
    'The order is in a state in which it has no tickets.',
    READ_DETAIL,
  ),
  'partner-order-id-unknown': kind(
    409,
    'Number at Тройка Бизнес unknown',
    'The order is confirmed, but its number at Тройка Бизнес is not known here, so that nothing can be asked about it.',
    'An operator has to find the number at Тройка Бизнес.',
  ),
  'cancellation-refused': kind(
    409,
    'Cancellation refused',
    'Тройка Бизнес was asked and refused the cancellation; `order` is the order as it stands since.',
    'Read its words in the detail. A ticket that is written on a card stays sold.',
  ),
  'endpoint-disabled': kind(
    409,
    'Endpoint disabled',
    'The delivery belongs to an endpoint that is disabled.',
    'Enable the endpoint: what is pending is then sent by itself.',
  ),
  'too-many-orders': kind(
    429,
    'Too many orders',
    'The key has placed as many orders as it may in a second.',
    'Make the same call again after Retry-After, under the same idempotency key.',
  ),
  'budget-spent': kind(
    429,
    'Budget spent',
    'With this order the orders of the key would cost more today than it may spend on a day.',
    'Place it on the next day of Moscow, or ask an operator for a higher limit (ORDERS_ROUBLES_PER_DAY).',
  ),
  'too-many-test-deliveries': kind(
    429,
    'Too many test deliveries',
    'The key has sent as many test deliveries in the last minute as it may.',
    'Wait as long as Retry-After says.',
  ),
  'partner-answer-unusable': kind(
    502,
    'Answer of Тройка Бизнес unusable',
    'Тройка Бизнес was asked which tickets the order has, and did not say, or not in a form that can be read. Nothing was changed.',
    'Try again later; an operator has the answer in the log.',
  ),
  'cancellation-unclear': kind(
    502,
    'Cancellation unclear',
    'Тройка Бизнес gave no valid answer to the cancellation, and `order` does not show it.',
    'Make the same call again after Retry-After: the gateway looks how the order stands before it sends anything twice.',
  ),
  'too-many-streams': kind(
    503,
    'Too many streams',
    'The process has as many open streams of events as it can hold.',
    'Connect again after Retry-After, or ask for the list of events.',
  ),
  'not-read-yet': kind(
    503,
    'Not read yet',
    'The dictionary or the fund was not read from Тройка Бизнес yet.',
    'Try again after Retry-After: the gateway continues asking for it.',
  ),
  'partner-unavailable': kind(
    503,
    'Тройка Бизнес unavailable',
    'Тройка Бизнес cannot be reached, or takes no requests at the moment. Nothing was sent.',
    'Make the same call again after Retry-After.',
  ),
  'partner-not-configured': kind(
    503,
    'Тройка Бизнес not configured',
    'The process that was called has no connection to Тройка Бизнес.',
    'An operator sets TROIKA_URL for the process.',
  ),
  'cancellation-timed-out': kind(
    504,
    'Cancellation timed out',
    'Тройка Бизнес gave no answer to the cancellation in time, and `order` does not show it.',
    'Make the same call again after Retry-After: the gateway looks how the order stands before it sends anything twice.',
  ),
};
