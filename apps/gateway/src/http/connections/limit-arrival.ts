import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import { hasBody } from './has-body.js';

/**
 * Gives each route its own time for a body to arrive in; Node has one limit for all of a server.
 *
 * @param limitOf in milliseconds, by the address of the route
 * @param onLate answers on the bare socket
 */
export function limitArrival(
  instance: FastifyInstance,
  limitOf: (url: string | undefined) => number,
  onLate: (socket: Socket) => void,
): void {
  instance.addHook('onRequest', (request, reply, next) => {
    const { raw } = request;
    if (hasBody(raw)) {
      const end = (): void => clearTimeout(timer);
      const timer = setTimeout(() => {
        if (raw.complete) return;
        if (reply.raw.headersSent) raw.socket.destroy();
        else onLate(raw.socket);
      }, limitOf(request.routeOptions.url));
      raw.once('end', end).once('close', end);
    }
    next();
  });
}
