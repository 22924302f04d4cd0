import { CardProgramError } from '../card-program.error.js';
import { inside, text } from './checks.js';
import type { Endpoint, Operation, RefusalOf, ValueOf } from './endpoints.js';
import type { RawReply } from './exchange.js';

/** The result of an operation, in the form of the port. */
export type Reply<O extends Operation> =
  { readonly kind: 'done'; readonly value: ValueOf<O> } | { readonly kind: 'refused'; readonly why: RefusalOf<O> };

const JSON_TYPE = /^application\/json\s*(;|$)/i;
const readReason = inside('reason', text);

/**
 * Reads an answer: 200 with a value, 204 without one, 422 with a reason; everything else is an error. Answers of 500
 * and above are handled before.
 *
 * @throws CardProgramError `ownSystemRefused` for another 4xx or an unknown reason; otherwise `ownSystemBadAnswer`
 */
export function readReply<O extends Operation>(operation: O, endpoint: Endpoint<O>, reply: RawReply): Reply<O> {
  const { status } = reply;
  if (status === 422) return { kind: 'refused', why: readRefusal(operation, endpoint, reply) };
  if (status >= 400) throw new CardProgramError('ownSystemRefused', `${operation}: status ${status}`);
  if (endpoint.value === undefined) {
    if (status === 204) return { kind: 'done', value: undefined as ValueOf<O> };
    throw new CardProgramError('ownSystemBadAnswer', `${operation}: status ${status} where 204 is due`);
  }
  if (status !== 200) throw new CardProgramError('ownSystemBadAnswer', `${operation}: status ${status}`);
  return { kind: 'done', value: endpoint.value(parse(operation, reply), '') };
}

function readRefusal<O extends Operation>(operation: O, { refusals }: Endpoint<O>, reply: RawReply): RefusalOf<O> {
  const reason = readReason(parse(operation, reply), '');
  if (Object.hasOwn(refusals, reason)) return reason as RefusalOf<O>;
  throw new CardProgramError('ownSystemRefused', `${operation}: a reason that is not in its list`);
}

function parse(operation: Operation, { contentType, text: body }: RawReply): unknown {
  if (!JSON_TYPE.test(contentType)) {
    throw new CardProgramError('ownSystemBadAnswer', `${operation}: the answer is not application/json`);
  }
  try {
    return JSON.parse(body) as unknown;
  } catch {
    // The parser's own message quotes the body, which may be personal data.
    throw new CardProgramError('ownSystemBadAnswer', `${operation}: the answer is not JSON`);
  }
}
