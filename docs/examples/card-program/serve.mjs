import { createServer } from 'node:http';
import { isSigned } from './signature.mjs';

/** Done: 200 with a value. */
export const answer = (body) => ({ status: 200, body });
/** Done, without a value. */
export const DONE = { status: 204 };
/** Understood, and not carried out: 422 with a reason of the operation's list. */
export const refuse = (reason) => ({ status: 422, body: { reason } });

/**
 * The HTTP side of a programme: `POST /{operation}` for every operation, signed calls only.
 *
 * @param {Record<string, (body: any, text: string) => object | Promise<object>>} operations by name; a missing one is
 *   answered as not offered. The text is the received body, with every digit of a long number
 * @param {string} key CARD_PROGRAM_KEY of the gateway
 * @param {(error: unknown) => void} report gets what an operation throws; the gateway gets a 500 only
 */
export function createProgrammeServer(operations, key, report = console.error) {
  return createServer(async (request, response) => {
    const { status, body } = await handle(operations, key, request).catch((error) => {
      report(error);
      return { status: 500, body: { reason: 'internalError' } };
    });
    if (body === undefined) response.writeHead(status).end();
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
}

async function handle(operations, key, request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!isSigned(key, request, body)) return { status: 401, body: { reason: 'wrongSignature' } };
  const name = request.url.slice(request.url.lastIndexOf('/') + 1);
  if (request.method !== 'POST' || !Object.hasOwn(operations, name)) return refuse('methodNotOffered');
  const text = body.toString('utf8');
  return await operations[name](JSON.parse(text), text);
}
