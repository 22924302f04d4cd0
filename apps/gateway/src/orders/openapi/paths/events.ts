import { EVENT_QUERY } from '../../events/last-event-id.js';
import { jsonAnswer, parameterRef, schemaRef, type Json } from '../build.js';
import { queryOf } from '../parameters.js';
import { problems } from '../problems.js';

const event = (id: string, second: string, status: string, cause: string, type: string | null) => ({
  id,
  at: `2026-11-24T09:30:${second}Z`,
  status,
  cause,
  type,
  ticketId: null,
  ticketStatus: null,
  who: null,
  detail: null,
});

const EVENTS = {
  events: [
    event('1', '00.000', 'accepted', 'accepted', null),
    event('4', '00.100', 'sending', 'claimed', null),
    event('5', '00.400', 'confirmed', 'answered', 'order.confirmed'),
    {
      ...event('9', '04.000', 'confirmed', 'tracked', 'ticket.written'),
      ticketId: '40117000',
      ticketStatus: 'written',
    },
  ],
};

const STREAM = `retry: 2000

${EVENTS.events.map((one) => `id: ${one.id}\ndata: ${JSON.stringify(one)}\n\n`).join('')}: nothing new

`;

const ANSWER = jsonAnswer('Oldest first; as a stream, those to come as well.', schemaRef('OrderEventList'), {
  withATicket: EVENTS,
});

/** The history of an order. */
export const EVENT_PATHS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  '/orders/{id}/events': {
    get: {
      operationId: 'listEvents',
      tags: ['Following'],
      summary: 'The history of an order, as a list or live',
      description: `With \`Accept: text/event-stream\` it is a stream of server-sent events: first what has happened, then what happens, each
event's \`data\` an OrderEvent and its \`id\` the event's. A comment every 15 seconds shows that the line stands. The
stream stays open, because an operator may still decide and tickets still change; it ends after an hour, and when the
gateway stops. Come back with \`Last-Event-ID\`, and you miss nothing.`,
      parameters: [...['OrderId', 'LastEventIdHeader'].map(parameterRef), ...queryOf(EVENT_QUERY)],
      responses: {
        '200': {
          ...ANSWER,
          content: {
            ...(ANSWER['content'] as Json),
            'text/event-stream': { schema: { type: 'string' }, example: STREAM },
          },
        },
        ...problems([403, 404, 422]),
      },
    },
  },
};
