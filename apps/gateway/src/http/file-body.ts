import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { problem, ProblemError } from './problem.js';

/** The accepted content types; the first bytes of the file decide what it is. */
export const FILE_CONTENT_TYPES = ['text/csv', 'application/zip', 'application/octet-stream'];

/** Makes a listener take files as a stream, so that their size does not matter. Several parts may ask for it. */
export function acceptFiles(fastify: FastifyInstance): void {
  if (FILE_CONTENT_TYPES.every((type) => fastify.hasContentTypeParser(type))) return;
  fastify.addContentTypeParser(FILE_CONTENT_TYPES, (_request, stream, done) => done(null, stream));
}

/** @throws ProblemError 415 when the body is no file */
export function fileStreamOf({ body }: FastifyRequest): Readable {
  if (body instanceof Readable) return body;
  throw new ProblemError(problem('unsupported-media-type', `Send the file as ${FILE_CONTENT_TYPES.join(' or ')}.`));
}

/** @throws ProblemError 415 when the body is no file, 413 when it is longer than so many bytes */
export async function smallFileOf(request: FastifyRequest, mostBytes: number): Promise<Buffer> {
  const stream = fileStreamOf(request);
  const chunks: Buffer[] = [];
  let length = Number(request.headers['content-length'] ?? 0);
  if (length <= mostBytes) {
    length = 0;
    // To its end, whatever it holds: the answer would not get through to one who is still sending.
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= mostBytes) chunks.push(chunk);
    }
  }
  if (length <= mostBytes) return Buffer.concat(chunks);
  throw new ProblemError(problem('body-too-large', `The file is larger than ${mostBytes / 1024 / 1024} MiB.`));
}
