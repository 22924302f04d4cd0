import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasDuplicateKey } from './duplicate-key.js';
import { findExcess, MAX_DEPTH } from './json-bounds.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BYTE_ORDER_MARK = '\ufeff';

class BodyError extends Error {
  readonly statusCode = 400;
  constructor(
    readonly code: `VESTIBULE_${'MALFORMED_JSON' | 'NOT_UTF8' | 'DUPLICATE_KEY' | 'UNSUPPORTED_ENCODING' | 'TOO_MANY_TOKENS'}`,
    message: string,
  ) {
    super(message);
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The JSON of its body, character by character as it came; undefined when it has none. */
    bodyText?: string;
  }
}

/** The JSON of a request, character by character as it came; `''` when it has no body. */
export function rawBodyOf(request: FastifyRequest): string {
  return request.bodyText ?? '';
}

/**
 * Reads JSON bodies strictly: invalid UTF-8 is a fault instead of replacement characters in a name; a repeated key is
 * one instead of a lost value; a `__proto__` key, however it is escaped, is refused before it can reach an object; and
 * so is what nests so deep, or has so many tokens, that parsing it would hold up everybody else.
 */
export function acceptJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, parseJsonBody(request, body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  // PHP's client names it unasked for a call without a body, such as a cancellation.
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else done(new BodyError('VESTIBULE_UNSUPPORTED_ENCODING', 'the body is a form'));
  });
}

function parseJsonBody(request: FastifyRequest, body: Buffer): unknown {
  // No body at all is for the method to judge: one that needs fields will name them.
  if (body.length === 0) return undefined;
  requirePlain(request);
  requireBounded(body);
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw new BodyError('VESTIBULE_NOT_UTF8', 'the body is not UTF-8');
  }
  let value: unknown;
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  try {
    value = JSON.parse(json);
  } catch {
    // The parser's own message quotes the body, which may hold a phone.
    throw new BodyError('VESTIBULE_MALFORMED_JSON', 'the body is not JSON');
  }
  requireHarmless(value);
  if (hasDuplicateKey(json)) throw new BodyError('VESTIBULE_DUPLICATE_KEY', 'an object has a key twice');
  request.bodyText = text;
  return value;
}

const CHARSET = /;\s*charset\s*=\s*"?([^\s";]*)/i;

/** A body that is said to be compressed, or in another charset, is not read as what it is not. */
function requirePlain({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding !== '' && encoding !== 'identity') {
    throw new BodyError('VESTIBULE_UNSUPPORTED_ENCODING', 'the body is compressed');
  }
  const charset = CHARSET.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) {
    throw new BodyError('VESTIBULE_UNSUPPORTED_ENCODING', 'the body has another charset than UTF-8');
  }
}

function requireBounded(body: Buffer): void {
  const excess = findExcess(body);
  if (excess === 'depth')
    throw new BodyError('VESTIBULE_MALFORMED_JSON', `the body nests deeper than ${MAX_DEPTH} levels`);
  if (excess === 'tokens') throw new BodyError('VESTIBULE_TOO_MANY_TOKENS', 'the body has too many values');
}

/** JSON.parse makes an ordinary field of a `__proto__` key, so it can be seen here, and only here does no harm. */
function requireHarmless(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Object.hasOwn(value, '__proto__'))
    throw new BodyError('VESTIBULE_MALFORMED_JSON', 'a key "__proto__" is refused');
  for (const inner of Object.values(value)) requireHarmless(inner);
}
