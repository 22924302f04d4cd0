import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Pool } from 'pg';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { startDeliverer } from './company.js';
import { startReceiver, type Answer, type Receiver } from '../../../testing/receiver.js';

type DelivererOptions = Parameters<typeof startDeliverer> extends [unknown, ...infer Rest] ? Rest : never;

/** The environment of the suites about deliveries: an outbox, receivers and deliverers, removed after each test. */
export interface DeliveryEnvironment {
  readonly pool: () => Pool;
  readonly receive: (answer?: Answer) => Promise<Receiver>;
  readonly deliver: (...options: DelivererOptions) => ReturnType<typeof startDeliverer>;
}

export function setUpEnvironment(): DeliveryEnvironment {
  let database: TestDatabase;
  const stops: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.pool.query(
      'truncate orders, callback_hosts, callback_endpoints, callback_deliveries, operator_events cascade',
    );
  });
  afterEach(async () => {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  });
  return {
    pool: () => database.pool,
    receive: async (answer) => {
      const receiver = await startReceiver(answer);
      stops.push(() => receiver.close());
      return receiver;
    },
    deliver: (...options) => {
      const started = startDeliverer(database.pool, ...options);
      stops.push(() => started.deliverer.stop());
      return started;
    },
  };
}
