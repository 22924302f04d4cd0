import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { startGateway, type Gateway } from '../../boot/gateway.js';
import { readConfig } from '../../config/read-config.js';
import { createLogger } from '../../core/logger.js';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import type { Json } from './build.js';
import { OPENAPI } from './openapi.js';

/** What such a process serves beside the orders API: what operators and probes ask, and the files of the page `/docs`. */
const NOT_DESCRIBED = [/^GET \/admin\//, /^GET \/docs\/\{file\}$/];

describe('the OpenAPI document and the routes of a running gateway', () => {
  let database: TestDatabase;
  let gateway: Gateway;
  const routes = new Set<string>();

  const listen = (message: unknown): void => {
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) {
        if (one !== 'HEAD') routes.add(`${one} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
      }
    });
  };

  beforeAll(async () => {
    database = await openTestDatabase();
    // Fastify tells of every server that it makes; this process makes the internal one only.
    subscribe('fastify.initialization', listen);
    const config = readConfig(
      { DATABASE_URL: database.url, ROLES: 'orders', INTERNAL_PORT: '0', ORDERS_API_KEYS: 'shop:test-orders-key' },
      { demo: true },
    );
    gateway = await startGateway(config, createLogger('silent'));
  });
  afterAll(async () => {
    unsubscribe('fastify.initialization', listen);
    await gateway.stop();
    await database.close();
  });

  it('are the same, so that neither has a call that the other lacks', () => {
    const described = Object.entries(OPENAPI['paths'] as Record<string, Json>).flatMap(([path, verbs]) =>
      Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path}`),
    );
    const served = [...routes].filter((route) => !NOT_DESCRIBED.some((pattern) => pattern.test(route)));
    expect(served.sort()).toEqual(described.sort());
  });
});
