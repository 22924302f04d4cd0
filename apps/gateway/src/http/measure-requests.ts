import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics/metrics.js';

/** What a request is counted as, where its route does not say it; of a small fixed set. */
const names = new WeakMap<FastifyRequest, string>();

/** Counts a request under this name. */
export function nameRequest(request: FastifyRequest, name: string): void {
  names.set(request, name);
}

/** Measures what a listener answers, by route: an address that is none of ours is `none`. */
export function measureRequests(server: FastifyInstance, listener: 'public' | 'internal', { requests }: Metrics): void {
  server.addHook('onResponse', (request, reply, done) => {
    const { url } = request.routeOptions;
    const route = names.get(request) ?? (url === undefined ? 'none' : `${request.method} ${url}`);
    const outcome = `${Math.trunc(reply.statusCode / 100)}xx`;
    requests.observe({ listener, route, outcome }, reply.elapsedTime / 1_000);
    done();
  });
}
