import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Pool } from 'pg';
import { openTestDatabase, type TestDatabase } from './database.js';
import { startReceiver, type Answer, type Receiver } from './receiver.js';

/** A database, and servers that are called; what a test has started is stopped after it. */
export interface Receivers {
  readonly pool: () => Pool;
  readonly receive: (answer?: Answer) => Promise<Receiver>;
  /** Stops something more after the test, the last first. */
  readonly stopAfterwards: (stop: () => Promise<unknown>) => void;
}

/** @param tables are emptied before each test */
export function setUpReceivers(tables: string): Receivers {
  let database: TestDatabase;
  const stops: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => database.pool.query(`truncate ${tables} cascade`));
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
    stopAfterwards: (stop) => void stops.push(stop),
  };
}
