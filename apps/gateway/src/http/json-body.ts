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

/**
 * Reads JSON bodies strictly: bytes that are not UTF-8 are a fault instead of replacement characters in somebody's
 * name, and a `__proto__` key is refused before it can reach an object.
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
  if (text.includes('"__proto__"')) throw new BodyError('VESTIBULE_MALFORMED_JSON', 'a key "__proto__" is refused');
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which may hold a phone.
    throw new BodyError('VESTIBULE_MALFORMED_JSON', 'the body is not JSON');
  }
}
