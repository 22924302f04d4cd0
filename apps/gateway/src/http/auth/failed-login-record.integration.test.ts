import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { until } from '../../testing/until.js';
import { FailedLoginRecord } from './failed-login-record.js';

describe('the record of failed logins', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it('keeps an address for seven days, also where no further login fails', async () => {
    await database.pool.query(
      `insert into failed_logins (hour, listener, address, failures, slowed, last_at)
       select now() - days * interval '1 day', 'public', '203.0.113.' || days, 1, 0, now() from unnest('{6,8}'::int[]) as days`,
    );
    const record = new FailedLoginRecord(database.pool, pino({ level: 'silent' }));
    record.start();
    const kept = await until('the old one is gone', async () => {
      const { rows } = await database.pool.query<{ address: string }>('select address from failed_logins');
      return rows.length === 1 ? rows : undefined;
    });
    await record.stop();
    expect(kept).toEqual([{ address: '203.0.113.6' }]);
  });

  it('says once that the database does not take it, until it does again', async () => {
    const lines: string[] = [];
    const logger = pino({ base: null }, { write: (line) => void lines.push(line) });
    await database.pool.query('alter table failed_logins rename to hidden');
    const record = new FailedLoginRecord(database.pool, logger);
    const fail = async (): Promise<void> => {
      record.add('public', '203.0.113.9', false);
      await record.stop();
    };
    for (let time = 0; time < 3; time += 1) await fail();
    expect(lines).toHaveLength(1);
    await database.pool.query('alter table hidden rename to failed_logins');
    await fail();
    await database.pool.query('alter table failed_logins rename to hidden');
    await fail();
    expect(lines).toHaveLength(2);
    await database.pool.query('alter table hidden rename to failed_logins');
  });
});
