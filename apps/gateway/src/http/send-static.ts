import type { FastifyReply, FastifyRequest } from 'fastify';
import { matchesEtag, strongEtag } from './etag.js';

/** Something that stays the same as long as the process runs. */
export interface StaticAnswer {
  readonly contentType: string;
  readonly body: Buffer;
  /** A strong validator (RFC 9110, 8.8.3), with its quotes. */
  readonly etag: string;
}

export function staticAnswer(contentType: string, body: string | Buffer): StaticAnswer {
  const bytes = Buffer.from(body);
  return { contentType, body: bytes, etag: strongEtag(bytes) };
}

/** JSON that stays the same. */
export function jsonAnswer(value: object): StaticAnswer {
  return staticAnswer('application/json; charset=utf-8', JSON.stringify(value));
}

/** Answers with it, or with 304 when the caller has it already. A copy may be cached, and is revalidated each time. */
export async function sendStatic(
  request: FastifyRequest,
  reply: FastifyReply,
  { contentType, body, etag }: StaticAnswer,
): Promise<void> {
  void reply.header('etag', etag).header('cache-control', 'no-cache');
  if (matchesEtag(request.headers['if-none-match'], etag)) await reply.code(304).send();
  else await reply.code(200).header('content-type', contentType).send(body);
}
