import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics/metrics.js';
import { observerOf, type Observer } from '../metrics/observer.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What it is counted as, where its route does not say it; of a small fixed set. */
    countedAs?: string;
  }
}

/** Counts a request under this name. */
export function nameRequest(request: FastifyRequest, name: string): void {
  request.countedAs = name;
}

/** Measures what a listener answers, by route: an address that is none of ours is `none`. */
export function measureRequests(server: FastifyInstance, listener: 'public' | 'internal', { requests }: Metrics): void {
  /** By route and class of the status: looking up labels costs more than counting. */
  const known = new Map<string, Observer>();
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.countedAs ?? addressOf(request);
    const outcome = `${Math.trunc(reply.statusCode / 100)}xx`;
    const key = `${outcome} ${route}`;
    let observe = known.get(key);
    if (observe === undefined) {
      observe = observerOf(requests, { listener, route, outcome });
      known.set(key, observe);
    }
    observe(reply.elapsedTime / 1_000);
    done();
  });
}

function addressOf({ method, routeOptions: { url } }: FastifyRequest): string {
  return url === undefined ? 'none' : `${method} ${url}`;
}
