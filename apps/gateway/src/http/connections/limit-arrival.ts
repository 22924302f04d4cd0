import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
  const watch = ({ raw, routeOptions }: FastifyRequest, reply: FastifyReply): void => {
    if (raw.complete || raw.destroyed) return;
    const end = (): void => clearTimeout(timer);
    const timer = setTimeout(() => {
      if (raw.complete) return;
      if (reply.raw.headersSent) raw.socket.destroy();
      else onLate(raw.socket);
    }, limitOf(routeOptions.url));
    raw.once('end', end).once('close', end);
  };
  instance.addHook('onRequest', (request, reply, next) => {
    // Most bodies come with their headers: these are complete by then, and need no timer.
    if (hasBody(request.raw)) setImmediate(watch, request, reply);
    next();
  });
}
