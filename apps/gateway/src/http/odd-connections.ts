import type { FastifyInstance } from 'fastify';

/** Who has said everything, and closed that half of the connection, still waits for the answer: Node would hang up. */
export function answerHalfClosed({ server }: FastifyInstance): void {
  Object.assign(server, { httpAllowHalfOpen: true });
}

/**
 * A request for another protocol gets an ordinary answer. What stands behind it in the same packet is lost in Node's parser, so
 * it is the last one of its connection; who asks for HTTP/2 (RFC 7540, 3.2) waits for the answer, and keeps the connection.
 */
export function endBehindUpgrade(instance: FastifyInstance): void {
  instance.addHook('onRequest', ({ headers }, reply, next) => {
    if (headers.upgrade !== undefined && headers['http2-settings'] === undefined)
      void reply.header('connection', 'close');
    next();
  });
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
