import { afterEach, beforeEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { createLogger } from '../core/logger.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { Conditions, type Condition } from './conditions.js';

const logger = createLogger('silent');
const AGO_MS = 60_000;
let database: TestDatabase;

beforeEach(async () => {
  database = await openTestDatabase();
});

afterEach(() => database.close());

const away = (): Condition => ({
  kind: 'database.away',
  severity: 'critical',
  message: 'PostgreSQL does not answer.',
  since: new Date(Date.now() - AGO_MS),
});

async function report(conditions: Conditions, found: readonly Condition[]): Promise<void> {
  conditions.report(['database.away'], found);
  await conditions.reported();
}

it('writes one event of an outage that several processes report when the database is back, with the time it began', async () => {
  const processes = [1, 2].map(() => new Conditions(database.pool, logger));
  const condition = away();
  for (const conditions of processes) {
    await report(conditions, [condition]);
    await report(conditions, []);
  }
  const { rows } = await database.pool.query<{ at: Date; closed: boolean }>(
    'select at, closed_at is not null and closed_at > at as closed from operator_events',
  );
  expect(rows).toEqual([{ at: expect.any(Date), closed: true }]);
  expect(Math.abs((rows[0]?.at.getTime() ?? 0) - (Date.now() - AGO_MS))).toBeLessThan(AGO_MS / 2);
});

it('keeps an event in memory that the database does not take, and writes it with the next report', async () => {
  const nowhere = new pg.Pool({ connectionString: 'postgres://127.0.0.1:1/none' });
  let pool = nowhere;
  const switching = { query: (...asked: Parameters<pg.Pool['query']>) => pool.query(...asked) } as unknown as pg.Pool;
  const conditions = new Conditions(switching, logger);
  await report(conditions, [away()]);
  pool = database.pool;
  await report(conditions, []);
  const { rows } = await database.pool.query('select kind from operator_events where closed_at is not null');
  expect(rows).toEqual([{ kind: 'database.away' }]);
  await nowhere.end();
});
