import type { FastifyReply } from 'fastify';

/** Sends JSON that is written already: numbers the partner sent keep their digits. */
export async function sendJson(reply: FastifyReply, status: number, json: string): Promise<void> {
  await reply.code(status).header('content-type', 'application/json; charset=utf-8').send(json);
}
