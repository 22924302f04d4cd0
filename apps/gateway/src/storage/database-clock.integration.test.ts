import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '../core/logger.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { DatabaseClock } from './database-clock.js';

const DAY_MS = 86_400_000;

describe('the clock of the database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase({ migrated: false });
  });
  afterAll(() => database.close());

  it('is what every process goes by, whatever its own clock says, also when that is set meanwhile', async () => {
    const clock = new DatabaseClock(database.pool, createLogger('silent'));
    await clock.read();
    const real = Date.now;
    const wrong = jest.spyOn(Date, 'now').mockImplementation(() => real() + DAY_MS);
    try {
      expect(Math.abs(clock.skewMs() - DAY_MS)).toBeLessThan(60_000);
      expect(Math.abs(clock.now() - real())).toBeLessThan(60_000);
    } finally {
      wrong.mockRestore();
    }
    expect(Math.abs(clock.skewMs())).toBeLessThan(60_000);
  });

  it('is the process’s own until the database has said what time it is', () => {
    const clock = new DatabaseClock(database.pool, createLogger('silent'));
    expect(clock.skewMs()).toBe(0);
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(60_000);
  });
});
