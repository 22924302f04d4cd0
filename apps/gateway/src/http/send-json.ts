import { writeJson } from '@vestibule/envelope';
import type { FastifyReply } from 'fastify';

/** Sends a value as JSON; numbers of the partner's and JSON that is written already go out to the byte. */
export async function sendJson(reply: FastifyReply, status: number, value: object): Promise<void> {
  await sendWrittenJson(reply, status, writeJson(value));
}

/** Sends JSON that is written already, such as an answer that is kept in memory. */
export async function sendWrittenJson(reply: FastifyReply, status: number, json: string): Promise<void> {
  await reply.code(status).header('content-type', 'application/json; charset=utf-8').send(json);
}
