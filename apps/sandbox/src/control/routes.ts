import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { type Book, bodyOf, type ExecutedOrder, ticketIdOf, totalKopecksOf } from '../book.js';
import type { CallCounts } from '../call-counts.js';
import { FAULTS } from '../faults/modes.js';
import type { InjectedFault, InjectedFaults } from '../faults/injected.js';
import { type FaultSchedule, NO_FAULTS, parseFaultSettings } from '../faults/schedule.js';
import { roubles } from '../partner/views.js';
import type { Shelf } from '../shelf.js';
import { problem } from './problem.js';

/** What the control API works on. */
export interface ControlParts {
  readonly book: Book;
  readonly shelf: Shelf;
  readonly counts: CallCounts;
  readonly schedule: FaultSchedule;
  readonly injected: InjectedFaults;
}

/** The control API for tests and demos: executed orders, faults to simulate, states of tickets. */
export function controlRoutes({ book, shelf, counts, schedule, injected }: ControlParts) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/_control/orders', async (_request, reply) =>
      reply.type('application/json; charset=utf-8').send(Readable.from(listJson(book.executed(), executedEntry))),
    );

    app.get('/_control/played', async (_request, reply) =>
      reply.type('application/json; charset=utf-8').send(Readable.from(listJson(injected.all(), injectedEntry))),
    );

    app.get('/_control/calls', async () => counts.all());

    app.get('/_control/faults', async () => schedule.settings);

    app.put('/_control/faults', async (request, reply) => {
      const settings = parseFaultSettings(request.body);
      if ('mode' in settings) {
        schedule.set(settings);
        return settings;
      }
      return problem(reply, 422, 'These are no settings of faults; nothing was changed.', settings);
    });

    app.delete('/_control', async (_request, reply) => {
      book.clear();
      shelf.restore();
      counts.clear();
      injected.clear();
      schedule.set(NO_FAULTS);
      return reply.code(204).send();
    });

    app.post<{ Params: { id: string } }>('/_control/tickets/:id', async (request, reply) => {
      const status = requestedStatus(request.body);
      if (status === undefined) {
        const errors = [
          { pointer: '/status', detail: `status must be one of ${Object.keys(TICKET_STEPS).join(', ')}.` },
        ];
        return problem(reply, 422, 'This is nothing that can be done to a ticket.', errors);
      }
      const ticket = /^\d{1,16}$/.test(request.params.id) ? book.ticket(Number(request.params.id)) : undefined;
      if (ticket === undefined) return problem(reply, 404, 'Unknown ticket id.');
      const { order, line } = ticket;
      const refusal = TICKET_STEPS[status](book, order, line);
      if (refusal !== undefined) {
        return problem(reply, 409, `The ticket is ${order.tickets[line] ?? ''} already.`);
      }
      return { orderTariffId: ticketIdOf(order, line), orderId: order.orderId, status: order.tickets[line] };
    });
  };
}

/** A list that is written as it is read: a long run holds more orders than one text can. */
function* listJson<T>(items: Iterable<T>, entryOf: (item: T) => unknown): Generator<string> {
  let separator = '[';
  for (const item of items) {
    yield separator + JSON.stringify(entryOf(item));
    separator = ',\n';
  }
  yield separator === '[' ? '[]' : ']';
}

function executedEntry(order: ExecutedOrder): Record<string, unknown> {
  return {
    orderId: order.orderId,
    receivedAt: new Date(order.receivedAt).toISOString(),
    totalAmount: roubles(totalKopecksOf(order)),
    // Nothing is executed unless its signature fits.
    signatureVerified: true,
    fault: order.fault,
    tickets: order.tickets.map((status, line) => ({ orderTariffId: ticketIdOf(order, line), status })),
    body: bodyOf(order),
    rawBody: order.rawBody,
  };
}

function injectedEntry({ fault, receivedAt, rawBody }: InjectedFault): Record<string, unknown> {
  return { fault, receivedAt: new Date(receivedAt).toISOString(), executed: FAULTS[fault].executes, rawBody };
}

/** What can be done to a ticket, by the state it leads to. */
const TICKET_STEPS = {
  written: (book: Book, order: ExecutedOrder, line: number) => book.write(order, line),
  'payback-initiated': (book: Book, order: ExecutedOrder, line: number) => book.initiatePayback(order, line),
  payback: (book: Book, order: ExecutedOrder, line: number) => book.payBack(order, line),
} as const;

function requestedStatus(body: unknown): keyof typeof TICKET_STEPS | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { status } = body as { status?: unknown };
  return typeof status === 'string' && Object.hasOwn(TICKET_STEPS, status)
    ? (status as keyof typeof TICKET_STEPS)
    : undefined;
}
