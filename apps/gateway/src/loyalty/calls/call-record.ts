import { date } from '../../http/schema/formats.js';
import { NEXT_CURSOR } from '../../http/schema/page.js';
import { integer, listOf, named, object, orNull, text, type Schema, type TypeOf } from '../../http/schema/schema.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FoundRoute } from '../loyalty.service.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the path has turned out to be; undefined before it is known. */
    loyaltyRoute?: FoundRoute;
    /** The code of the error that it is answered with. */
    loyaltyCode?: string | undefined;
  }
}

/** The code of a call that was carried out. */
export const DONE = 'ok';

const FIELDS = {
  at: date('When it was answered.'),
  requestId: text('Its X-Request-Id, by which the log names it.'),
  method: text("The method in the contract's table; `none` for a path that is none, or without credentials."),
  code: text('The code of the error, or `ok`.'),
  httpStatus: integer('The HTTP status of the answer.'),
  durationMs: { type: 'number', description: 'In milliseconds.' } as Schema<number>,
  card: orNull(text('The card that the path names, masked.')),
};
const CALL = object(FIELDS);
/** What is kept of one call of Кошелёк. */
export type CallRecord = TypeOf<typeof CALL>;
const LISTED = named('LoyaltyCall', object({ id: text('Grows.'), ...FIELDS }));
export const CALL_PAGE = named('LoyaltyCallPage', object({ calls: listOf(LISTED), nextCursor: NEXT_CURSOR }));

/** @returns the record of a call that has just been answered */
export function recordOf(request: FastifyRequest, reply: FastifyReply): CallRecord {
  const { id: requestId, loyaltyRoute: route, loyaltyCode: code = DONE } = request;
  return {
    at: new Date(),
    requestId,
    method: route !== undefined && 'method' in route ? route.method.operation : 'none',
    code,
    httpStatus: reply.statusCode,
    durationMs: Math.round(reply.elapsedTime * 100) / 100,
    card: route?.kind === 'method' && route.cardNumber !== undefined ? maskCard(route.cardNumber) : null,
  };
}

/** At most the last four characters, by which a person who has the card recognises it. */
function maskCard(number: string): string {
  const shown = Math.min(4, Math.max(number.length - 4, 0));
  return '•'.repeat(number.length - shown) + number.slice(number.length - shown);
}
