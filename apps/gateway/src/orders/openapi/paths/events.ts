import { jsonAnswer, parameterRef, schemaRef, type Json } from '../build.js';
import { problems } from '../problems.js';

const EVENTS = {
  events: [
    { id: '1', at: '2026-11-24T09:30:00.000Z', status: 'accepted', cause: 'accepted' },
    { id: '4', at: '2026-11-24T09:30:00.100Z', status: 'sending', cause: 'claimed' },
    { id: '5', at: '2026-11-24T09:30:00.400Z', status: 'confirmed', cause: 'answered' },
  ],
};

/** The history of an order. */
export const EVENT_PATHS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  '/orders/{id}/events': {
    get: {
      operationId: 'listEvents',
      tags: ['Following'],
      summary: 'The history of an order',
      parameters: [parameterRef('OrderId')],
      responses: {
        '200': jsonAnswer('Oldest first.', schemaRef('OrderEventList'), { confirmed: EVENTS }),
        ...problems(404),
      },
    },
  },
};
