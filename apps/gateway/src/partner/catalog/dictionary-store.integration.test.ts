import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Tariff } from '@vestibule/troika-contract';
import { listOperatorEvents } from '../../operator-events/operator-events.js';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { takeRefresh, type RefreshLease } from '../refresh/refresh-schedule.js';
import { findDictionaries, storeDictionary, type Storing } from './dictionary-store.js';

const tariff = (id: string, price: string): Tariff => ({ id, name: id, priceMin: price, priceMax: price }) as Tariff;

describe('a dictionary in PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() =>
    database.pool.query(
      `delete from dictionaries; delete from operator_events;
       update partner_refreshes set due_at = now(), done_at = null, lease_id = null, leased_until = null`,
    ),
  );

  async function lease(): Promise<RefreshLease & { name: 'tariffs' }> {
    await database.pool.query('update partner_refreshes set due_at = now(), done_at = null, leased_until = null');
    const taken = await takeRefresh(database.pool, new Map([['tariffs', 60]]), randomUUID(), 60_000);
    if (taken === undefined) throw new Error('nothing was due');
    return { ...taken, name: 'tariffs' };
  }
  const store = async (entries: Tariff[]): Promise<Storing> =>
    storeDictionary(database.pool, await lease(), entries, 60);
  const found = async () => (await findDictionaries(database.pool, []))[0];
  const kinds = async () =>
    (await listOperatorEvents(database.pool, { before: '9'.repeat(15), kind: undefined, limit: 50 })).map(
      ({ kind }) => kind,
    );

  it('is read back unchanged, amounts digit for digit, also texts that jsonb would refuse', async () => {
    const odd = { ...tariff('1', '2800.00'), name: 'a\0b' };
    expect(await store([odd])).toEqual({ kind: 'kept', changes: [] });
    expect(await found()).toMatchObject({ name: 'tariffs', version: '1', refreshSecs: 60, entries: [odd] });
  });

  it('is not read again by who has its version, and says how old it is', async () => {
    await store([tariff('1', '5')]);
    await database.pool.query(`update dictionaries set fetched_at = fetched_at - interval '90 seconds'`);
    const [row] = await findDictionaries(database.pool, [{ name: 'tariffs', version: '1' }]);
    expect(row?.entries).toBeNull();
    expect(row?.ageMs).toBeGreaterThanOrEqual(90_000);
  });

  it('has a new version and events when it has changed, and neither when it has not', async () => {
    await store([tariff('1', '5'), tariff('2', '6')]);
    await store([tariff('1', '5'), tariff('2', '6')]);
    expect([(await found())?.version, await kinds()]).toEqual(['1', []]);
    expect(await store([tariff('1', '7'), tariff('3', '8')])).toEqual({
      kind: 'kept',
      changes: ['price-changed', 'vanished', 'appeared'],
    });
    expect([(await found())?.version, await kinds()]).toEqual([
      '2',
      ['tariff.appeared', 'tariff.vanished', 'tariff.price-changed'],
    ]);
  });

  it('stays when the next reading is empty, which counts as failed', async () => {
    await store([tariff('1', '5')]);
    const before = await found();
    expect(await store([])).toEqual({ kind: 'empty' });
    expect(await found()).toMatchObject({ fetchedAt: before?.fetchedAt, entries: [tariff('1', '5')] });
    expect(await kinds()).toEqual([]);
  });

  it('may be empty as long as it never had an entry', async () => {
    expect(await store([])).toMatchObject({ kind: 'kept' });
    expect(await store([tariff('1', '5')])).toEqual({ kind: 'kept', changes: ['appeared'] });
  });

  it('is replaced once when two processes read the same change: the one without a lease stores nothing', async () => {
    await store([tariff('1', '5')]);
    const late = await lease();
    const next = await lease();
    const outcomes = await Promise.all([
      storeDictionary(database.pool, late, [tariff('1', '7')], 60),
      storeDictionary(database.pool, next, [tariff('1', '7')], 60),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['overtaken', 'kept']);
    expect(await kinds()).toEqual(['tariff.price-changed']);
  });
});
