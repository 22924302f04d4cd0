import { ORDER_STATUS } from '../../order-status.js';
import { listOf, moment, object, orNull, schemaRef, text, type Json } from '../build.js';

const OUTCOMES = ['answered', 'not-sent', 'not-executed', 'unknown'];

export const HISTORY_SCHEMAS: Readonly<Record<string, Json>> = {
  Attempt: object(
    {
      number: { type: 'integer', minimum: 1 },
      startedAt: moment('Written down before the first byte left.'),
      endedAt: orNull(moment('Null while it is under way.')),
      outcome: orNull(
        text(
          'answered: a valid answer came back; not-sent: surely nothing arrived; not-executed: it arrived, and an HTTP status says that nothing was done; unknown: all else.',
          {
            enum: OUTCOMES,
          },
        ),
      ),
      reason: orNull(text('Why there is no answer.')),
      httpStatus: orNull({ type: 'integer' }),
      resultCode: orNull({ type: 'integer' }),
      resultMessage: orNull(text('Personal data masked.')),
      durationMs: orNull({ type: 'integer', description: 'In milliseconds.' }),
      keyId: orNull(text('Which signature key was used.')),
      answer: orNull(text('The beginning of what came back, personal data masked.')),
    },
    { description: 'One attempt to send an order; until it has ended, what it led to is null.' },
  ),
  AttemptList: object({ attempts: listOf(schemaRef('Attempt')) }),
  OrderEvent: object(
    {
      id: text('Grows along the history of an order; what a live stream calls the id of its event.', {
        pattern: '^\\d+$',
      }),
      at: moment('When it happened.'),
      status: ORDER_STATUS,
      cause: text('What brought it about, for people and logs.'),
      type: orNull(schemaRef('EventType')),
      ticketId: orNull(text('The ticket it is about; null when it is about the order.')),
      ticketStatus: orNull(schemaRef('TicketStatus')),
      who: orNull(text('The name of the API key whose holder asked for it; null where no one did.')),
      detail: orNull(text('What Тройка Бизнес said of it, personal data masked.')),
    },
    {
      description:
        'One step in the life of an order. Its type is the one of the callback about it; null for a step that has none.',
    },
  ),
  OrderEventList: object({ events: listOf(schemaRef('OrderEvent')) }),
};
