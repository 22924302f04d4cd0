import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { createLogger } from '../../core/logger.js';
import { createPool } from '../../storage/pool.js';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { Catalog } from './catalog.js';

describe('the dictionaries in memory', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let catalog: Catalog;
  beforeEach(async () => {
    database = await openTestDatabase();
    // Dropping the database cuts what the pool is still saying good-bye to.
    pool = createPool({ url: database.url, size: 2, onIdleError: () => undefined });
    catalog = new Catalog(pool, createLogger('silent'));
  });
  afterEach(async () => {
    await catalog.stop();
    if (!pool.ended) await pool.end();
    await database.close();
  });

  /** Another process brings tariffs. */
  const bring = (...ids: string[]): Promise<unknown> =>
    database.pool.query(
      `insert into dictionaries as d (name, entries, fetched_at, refresh_secs) values ('tariffs', $1, now(), 60)
       on conflict (name) do update set entries = excluded.entries, fetched_at = now(), version = d.version + 1`,
      [JSON.stringify(ids.map((id) => ({ id, relatedValues: [], relatedIds: [], types: [] })))],
    );
  const order = (tariffId: number) => ({
    orderData: [{ type: 'owncard' as const, cardNumber: '1', tariffId, currencyId: 'RUB' as const }],
  });
  const idsInMemory = async () => (await catalog.find('tariffs'))?.entries.map(({ id }) => id);
  const pointers = (tariffId: number) => catalog.check(order(tariffId)).map(({ pointer }) => pointer);

  it('are available as soon as it has started, and check orders', async () => {
    await bring('1', '2');
    await catalog.start();
    expect(await idsInMemory()).toEqual(['1', '2']);
    expect([pointers(1), pointers(3)]).toEqual([[], ['/orderData/0/tariffId']]);
  });

  it('are looked up when requested before the first reading, and check nothing until then', async () => {
    await catalog.start();
    expect(await idsInMemory()).toBeUndefined();
    expect(pointers(3)).toEqual([]);
    await bring('1');
    expect(await idsInMemory()).toEqual(['1']);
  });

  it('follow what another process brings', async () => {
    await bring('1');
    await catalog.start();
    await bring('2');
    while ((await idsInMemory())?.[0] !== '2') await delay(20);
    expect([pointers(1), pointers(2)]).toEqual([['/orderData/0/tariffId'], []]);
  });

  it('are still answered, and check on, while the database is away', async () => {
    await bring('1');
    await catalog.start();
    await pool.end();
    expect(await idsInMemory()).toEqual(['1']);
    expect([pointers(1), pointers(2)]).toEqual([[], ['/orderData/0/tariffId']]);
  });

  it('are read again before their time when an order does not agree with them', async () => {
    await database.pool.query(
      `update partner_refreshes set due_at = now() + interval '1 hour', done_at = now() - interval '2 minutes'`,
    );
    await bring('1');
    await catalog.start();
    pointers(1);
    const due = async () => (await database.pool.query(`select from partner_refreshes where due_at <= now()`)).rowCount;
    expect(await due()).toBe(0);
    pointers(2);
    while ((await due()) !== 3) await delay(20);
  });
});
