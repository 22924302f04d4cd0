import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';
import { collectRoutes } from '../testing/collect-routes.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import type { Json } from '../http/schema/schema.js';
import { OPENAPI } from '../orders/openapi/openapi.js';

/** Routes beside the orders API: those of operators and probes, and the files of the page `/docs`. */
const NOT_DESCRIBED = [/^GET \/admin\//, /^GET \/docs\/\{file\}$/];

describe('the OpenAPI document and the routes of a running gateway', () => {
  let database: TestDatabase;
  let gateway: Gateway;
  // This process makes the internal listener only.
  const { servers, stop } = collectRoutes();

  beforeAll(async () => {
    database = await openTestDatabase();
    gateway = await startTestGateway(database, { ROLES: 'orders', ORDERS_API_KEYS: 'shop:test-orders-key' });
  });
  afterAll(async () => {
    stop();
    await gateway.stop();
    await database.close();
  });

  it('are the same in both', () => {
    const described = Object.entries(OPENAPI['paths'] as Record<string, Json>).flatMap(([path, verbs]) =>
      Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path}`),
    );
    const routes = servers.flatMap((one) => one.routes.filter(({ method }) => method !== 'HEAD'));
    const served = routes
      .map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`)
      .filter((route) => !NOT_DESCRIBED.some((pattern) => pattern.test(route)));
    expect(served.sort()).toEqual(described.sort());
  });
});
