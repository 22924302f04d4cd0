import { jsonAnswer, parameterRef, schemaRef, type Json } from '../build.js';
import { TICKET_VIEWS } from '../ticket-examples.js';
import { problems } from '../problems.js';

/** The call that tells about one ticket. */
export const TICKET_PATHS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  '/orders/{id}/tickets/{orderTariffId}': {
    get: {
      operationId: 'getTicket',
      tags: ['Following'],
      summary: 'Look at a ticket, as Тройка Бизнес tells it now',
      description: `When it does not tell within five seconds, the answer is what is known here, with \`stale\`. Callbacks and events tell about
changes by themselves: this call is for a person who waits.`,
      parameters: ['OrderId', 'OrderTariffId'].map(parameterRef),
      responses: {
        '200': jsonAnswer('The ticket.', schemaRef('Ticket'), TICKET_VIEWS),
        ...problems([403, 404, 409], { 502: 'PartnerAnswer', 503: 'PartnerUnavailable' }),
      },
    },
  },
};
