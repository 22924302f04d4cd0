import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyContextConfig, FastifyInstance } from 'fastify';

export interface CollectedServer {
  readonly server: FastifyInstance;
  readonly routes: { readonly method: string; readonly url: string; readonly config: FastifyContextConfig }[];
}

/** Collects every server that this process makes from now on, with its routes; `stop` ends it. */
export function collectRoutes(): { readonly servers: readonly CollectedServer[]; readonly stop: () => void } {
  const servers: CollectedServer[] = [];
  const collect = (message: unknown): void => {
    const { fastify: server } = message as { fastify: FastifyInstance };
    const routes: CollectedServer['routes'] = [];
    servers.push({ server, routes });
    server.addHook('onRoute', ({ method, url, config = {} }) => {
      for (const one of [method].flat()) routes.push({ method: one, url, config });
    });
  };
  subscribe('fastify.initialization', collect);
  return { servers, stop: () => unsubscribe('fastify.initialization', collect) };
}
