import { fastify } from 'fastify';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createLogger } from '../core/logger.js';
import { watchConditions } from '../health/condition-gauges.js';
import { Conditions } from '../health/conditions.js';
import { Parts, watchParts } from '../health/parts/parts.js';
import { measureRequests, nameRequest } from '../http/measure-requests.js';
import { Metrics } from '../metrics/metrics.js';
import { CallbackMetrics } from '../orders/callbacks/callback-metrics.js';
import { DatabaseClock } from '../storage/database-clock.js';
import { createPool } from '../storage/pool.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { startGauges } from './gauges.js';

const logger = createLogger('silent');
const metrics = new Metrics();
const listener = fastify();
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  const pool = createPool({ url: database.url, size: 3, onIdleError: () => undefined });
  startGauges({ roles: new Set(['admin']) }, { metrics, pool, clock: new DatabaseClock(pool, logger) });
  const parts = new Parts();
  parts.add('database').note(true);
  parts.add('redis');
  watchParts(metrics, parts);
  watchConditions(metrics, new Conditions(pool, logger));
  new CallbackMetrics(metrics).count('delivered', 5);
  measureRequests(listener, 'internal', metrics);
  listener.get('/orders/:id', (_, reply) => reply.code(404).send());
  listener.get('/v1/*', (request) => {
    nameRequest(request, 'findCard');
    return '';
  });
  const url = await listener.listen({ host: '127.0.0.1', port: 0 });
  for (const path of ['/orders/1', '/orders/2', '/v1/cards', '/wp-admin.php']) await fetch(url + path);
});

afterAll(() => listener.close());

const page = async (): Promise<string> => (await metrics.expose()).text;

it('counts requests by route or method of the contract, and an address that is none of ours under one name', async () => {
  const text = await page();
  const counts = [...text.matchAll(/^vestibule_http_request_duration_seconds_count\{(.*)\} (\d+)$/gm)];
  expect(counts.map(([, labels, count]) => `${labels} ${count}`)).toEqual([
    'listener="internal",route="GET /orders/:id",outcome="4xx" 2',
    'listener="internal",route="findCard",outcome="2xx" 1',
    'listener="internal",route="none",outcome="4xx" 1',
  ]);
});

it('shows what is known of the parts only', async () => {
  const text = await page();
  expect(text).toMatch(/^vestibule_part_up\{part="database"\} 1$/m);
  expect(text).not.toContain('part="redis"');
});

it('keeps the last values of the database, with their age, when it is away', async () => {
  expect(await page()).toMatch(/^vestibule_orders\{status="unknown"\} 0$/m);
  await database.close();
  const text = await page();
  expect(text).toMatch(/^vestibule_orders\{status="unknown"\} 0$/m);
  expect(text).toMatch(/^vestibule_sending_stopped [01]$/m);
  for (const values of ['orders', 'partner', 'sending', 'tracking', 'callbacks']) {
    const age = new RegExp(`^vestibule_database_values_age_seconds\\{values="${values}"\\} (.*)$`, 'm').exec(text);
    expect(Number(age?.[1])).toBeGreaterThan(0);
  }
});
