import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';

/** One faulty field of a request. */
export interface ProblemEntry {
  readonly pointer: string;
  readonly detail: string;
}

/** Answers with problem details (RFC 9457). */
export function problem(
  reply: FastifyReply,
  status: number,
  detail: string,
  errors?: readonly ProblemEntry[],
): FastifyReply {
  const body = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, errors };
  return reply.code(status).type('application/problem+json').send(JSON.stringify(body));
}
