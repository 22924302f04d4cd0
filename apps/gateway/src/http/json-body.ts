import type { FastifyInstance } from 'fastify';

const utf8 = new TextDecoder('utf-8', { fatal: true });

class BodyError extends Error {
  readonly statusCode = 400;
  constructor(
    readonly code: 'VESTIBULE_MALFORMED_JSON' | 'VESTIBULE_NOT_UTF8',
    message: string,
  ) {
    super(message);
  }
}

/** Far deeper than any real body, far from the end of the stack that what walks over a body stands on. */
const MAX_DEPTH = 32;

/**
 * Reads JSON bodies strictly: bytes that are not UTF-8 are a fault instead of replacement characters in somebody's
 * name; a `__proto__` key, however it is escaped, is refused before it can reach an object; and so is a nesting that
 * could exhaust the stack.
 */
export function acceptJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseJsonBody(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

function parseJsonBody(body: Buffer): unknown {
  // No body at all is for the method to judge: one that needs fields will name them.
  if (body.length === 0) return undefined;
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw new BodyError('VESTIBULE_NOT_UTF8', 'the body is not UTF-8');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which may hold a phone.
    throw new BodyError('VESTIBULE_MALFORMED_JSON', 'the body is not JSON');
  }
  requireHarmless(value, MAX_DEPTH);
  return value;
}

/** JSON.parse makes an ordinary field of a `__proto__` key, so it can be seen here, and only here does no harm. */
function requireHarmless(value: unknown, depthLeft: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depthLeft === 0)
    throw new BodyError('VESTIBULE_MALFORMED_JSON', `the body nests deeper than ${MAX_DEPTH} levels`);
  if (Object.hasOwn(value, '__proto__'))
    throw new BodyError('VESTIBULE_MALFORMED_JSON', 'a key "__proto__" is refused');
  for (const inner of Object.values(value)) requireHarmless(inner, depthLeft - 1);
}
