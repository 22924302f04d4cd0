import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';

describe('the audit', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    await database.pool.query(
      `insert into audit (who, action, why, details) values ('ops', 'card.adjust', 'complaint 17', '{"a": [1, 2], "b": 2}')`,
    );
  });
  afterAll(() => database.close());

  it.each([
    'delete from audit',
    'truncate audit',
    `update audit set who = 'someone else'`,
    `update audit set at = now()`,
    `update audit set action = 'card.view'`,
    `update audit set why = 'complaint 18'`,
    `update audit set details = '{"a": 2}'`,
    `update audit set details = '{"a": [1], "b": 2}'`,
    `update audit set details = '{"a": [1, 2], "b": 2, "c": 3}'`,
  ])('refuses, to its own role too: %s', async (text) => {
    await expect(database.pool.query(text)).rejects.toThrow('the audit is append-only');
  });

  it('lets an erasure take words and details out of an entry', async () => {
    await database.pool.query(`update audit set details = details - 'b'`);
    await database.pool.query(`update audit set why = null, details = '{}'`);
    const { rows } = await database.pool.query('select who, action, why, details from audit');
    expect(rows).toEqual([{ who: 'ops', action: 'card.adjust', why: null, details: {} }]);
  });
});
