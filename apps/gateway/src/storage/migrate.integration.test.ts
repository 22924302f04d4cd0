import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { migrate } from './migrate.js';
import { MIGRATIONS } from './migrations/index.js';

describe('migrate', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase({ migrated: false });
  });
  afterAll(() => database.close());

  it('runs each migration once although many processes start together', async () => {
    const runs = await Promise.all(Array.from({ length: 6 }, () => migrate(database.pool)));
    expect(runs.flat().sort()).toEqual(MIGRATIONS.map(({ id }) => id));
    expect(await migrate(database.pool)).toEqual([]);
  });
});
