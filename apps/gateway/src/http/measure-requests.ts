import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Histogram } from 'prom-client';
import type { Metrics } from '../metrics/metrics.js';

/** What a request is counted as, where its route does not say it; of a small fixed set. */
const names = new WeakMap<FastifyRequest, string>();

/** Counts a request under this name. */
export function nameRequest(request: FastifyRequest, name: string): void {
  names.set(request, name);
}

/** Measures what a listener answers, by route: an address that is none of ours is `none`. */
export function measureRequests(server: FastifyInstance, listener: 'public' | 'internal', { requests }: Metrics): void {
  /** By route and class of the status: looking up labels costs more than counting. */
  const known = new Map<string, Histogram.Internal<string>>();
  server.addHook('onResponse', (request, reply, done) => {
    const { url } = request.routeOptions;
    const route = names.get(request) ?? (url === undefined ? 'none' : `${request.method} ${url}`);
    const outcome = `${Math.trunc(reply.statusCode / 100)}xx`;
    const key = `${outcome} ${route}`;
    let measured = known.get(key);
    if (measured === undefined) {
      measured = requests.labels({ listener, route, outcome });
      known.set(key, measured);
    }
    measured.observe(reply.elapsedTime / 1_000);
    done();
  });
}
