import type { FastifyInstance } from 'fastify';
import { type Book, REFUND_MODES, type RefundMode } from '../book.js';
import { problem } from './problem.js';

/** How cancellations pay back: at once, or on the way until a ticket is set to `payback`. */
export function refundRoutes(book: Book) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/_control/refunds', async () => ({ mode: book.refundMode }));

    app.put('/_control/refunds', async (request, reply) => {
      const mode = requestedMode(request.body);
      if (mode === undefined) {
        const errors = [{ pointer: '/mode', detail: `mode must be one of ${REFUND_MODES.join(', ')}.` }];
        return problem(reply, 422, 'This is no way to pay back; nothing was changed.', errors);
      }
      book.refundMode = mode;
      return { mode };
    });
  };
}

function requestedMode(body: unknown): RefundMode | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { mode } = body as { mode?: unknown };
  return REFUND_MODES.find((known) => known === mode);
}
