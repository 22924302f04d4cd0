import { moment } from '../../http/schema/formats.js';
import { integer, listOf, named, object, oneOf, orNull, text, type TypeOf } from '../../http/schema/schema.js';
import { eventId } from '../events/last-event-id.js';
import { ORDER_STATUS } from '../order-status.js';
import { EVENT_TYPE } from '../public-events.js';
import { TICKET_STATUS } from '../ticket.js';

export const ATTEMPT = named(
  'Attempt',
  object(
    {
      number: integer('The first one is 1.', { minimum: 1 }),
      startedAt: moment('Written down before the first byte left.'),
      endedAt: orNull(moment('Null while it is under way.')),
      outcome: orNull(
        oneOf(
          ['answered', 'not-sent', 'not-executed', 'unknown'],
          'answered: a valid answer came back; not-sent: surely nothing arrived; not-executed: it arrived, and an HTTP status says that nothing was done; unknown: all else.',
        ),
      ),
      reason: orNull(text('Why there is no answer.')),
      httpStatus: orNull(integer('The HTTP status of the answer.')),
      resultCode: orNull(integer('The code of the answer.')),
      resultMessage: orNull(text('Personal data masked.')),
      durationMs: orNull(integer('In milliseconds.')),
      keyId: orNull(text('Which signature key was used.')),
      partnerRequestId: orNull(
        text('The X-Request-Id of the answer, if it had one: by it Тройка Бизнес finds the call.'),
      ),
      sent: orNull(
        text(
          'What was sent: the body of app_create_order as JSON, without phones, names and e-mail, card numbers masked. Null where surely nothing arrived.',
        ),
      ),
      answer: orNull(text('The beginning of what came back, personal data masked.')),
    },
    { description: 'One attempt to send an order; until it has ended, what it led to is null.' },
  ),
);
/** One attempt to send an order, as the API gives it. */
export type AttemptRecord = TypeOf<typeof ATTEMPT>;
export const ATTEMPT_LIST = named('AttemptList', object({ attempts: listOf(ATTEMPT) }));

const EVENT = {
  id: eventId('Grows along the history of an order; what a live stream calls the id of its event.', {
    examples: ['1'],
  }),
  at: moment('When it happened.'),
  status: ORDER_STATUS,
  cause: text('What brought it about, for people and logs.', { examples: ['accepted'] }),
  type: orNull(EVENT_TYPE),
  ticketId: orNull(text('The ticket it is about; null when it is about the order.')),
  ticketStatus: orNull(TICKET_STATUS),
  who: orNull(text('The name of the API key whose holder asked for it; null where no one did.')),
  detail: orNull(text('What Тройка Бизнес said of it, personal data masked.')),
};
export const ORDER_EVENT = named(
  'OrderEvent',
  object(EVENT, {
    description:
      'One step in the life of an order. Its status is the one from then on; its type is the one of the callback about it, null for a step that has none.',
  }),
);
/** One step in the life of an order, as the API gives it. */
export type EventRecord = TypeOf<typeof ORDER_EVENT>;
export const ORDER_EVENT_LIST = named('OrderEventList', object({ events: listOf(ORDER_EVENT) }));
