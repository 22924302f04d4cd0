import type { FastifyInstance } from 'fastify';

/** Who has said everything, and closed that half of the connection, still waits for the answer: Node would hang up. */
export function answerHalfClosed({ server }: FastifyInstance): void {
  Object.assign(server, { httpAllowHalfOpen: true });
}

/**
 * Says `100 Continue` only to a request whose answer is the next to be written. To one behind another on the same connection
 * Node would say it in the middle of an answer: it keeps both back, and puts the head of the answer in front of the two.
 */
export function continueInTurn({ server }: FastifyInstance): void {
  server.on('checkContinue', (request, response) => {
    // Until its turn comes, a response has no socket.
    if (response.socket !== null) response.writeContinue();
    server.emit('request', request, response);
  });
}
