import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { runTransaction } from '../../storage/transaction.js';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import {
  finishRefresh,
  hurryRefresh,
  postponeRefresh,
  renewLease,
  takeRefresh,
  type RefreshLease,
  type RefreshName,
} from './refresh-schedule.js';

describe('the schedule of readings of the partner', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() =>
    database.pool.query(
      'update partner_refreshes set due_at = now(), done_at = null, failures = 0, lease_id = null, leased_until = null',
    ),
  );

  const take = (names: RefreshName[] = ['account'], secs = 60, leaseMs = 60_000): Promise<RefreshLease | undefined> =>
    takeRefresh(database.pool, new Map(names.map((name) => [name, secs])), randomUUID(), leaseMs);
  async function taken(secs = 60, leaseMs = 60_000): Promise<RefreshLease> {
    const lease = await take(['account'], secs, leaseMs);
    if (lease === undefined) throw new Error('nothing was due');
    return lease;
  }
  const finish = (lease: RefreshLease): Promise<boolean> =>
    runTransaction(database.pool, (client) => finishRefresh(client, lease, 60));
  const later = (column: 'due_at' | 'done_at', secs: number): Promise<unknown> =>
    database.pool.query(`update partner_refreshes set ${column} = ${column} - $1 * interval '1 second'`, [secs]);

  it('gives a due refresh to one of many processes', async () => {
    const leases = await Promise.all(Array.from({ length: 20 }, () => take()));
    expect(leases.filter(Boolean)).toHaveLength(1);
  });

  it('gives several things to several processes, each once', async () => {
    const names: RefreshName[] = ['tariffs', 'card-types', 'regions', 'account'];
    const leases = await Promise.all(Array.from({ length: 4 }, () => take(names)));
    const rest = await take(names);
    const got = [...leases, rest].flatMap((lease) => (lease === undefined ? [] : [lease.name]));
    expect(new Set(got).size).toBe(got.length);
  });

  it('gives it again when the period is over, and at once when the period has become shorter', async () => {
    expect(await finish(await taken())).toBe(true);
    expect(await take()).toBeUndefined();
    await later('done_at', 30);
    expect(await take()).toBeUndefined();
    expect(await take(['account'], 20)).toMatchObject({ failures: 0 });
  });

  it('gives it to another process when the first does not return, and refuses its late result', async () => {
    const lost = await taken(60, -1);
    const next = await taken();
    expect(await renewLease(database.pool, lost, 60_000)).toBe(false);
    expect(await finish(lost)).toBe(false);
    expect(await renewLease(database.pool, next, 60_000)).toBe(true);
    expect(await finish(next)).toBe(true);
  });

  it('waits after a failure for the given time, even with a shorter period, and counts failures', async () => {
    await finish(await taken());
    await later('due_at', 60);
    await later('done_at', 60);
    await postponeRefresh(database.pool, await taken(), { pauseSecs: 30, failed: true });
    expect(await take(['account'], 1)).toBeUndefined();
    await later('due_at', 30);
    expect(await take()).toMatchObject({ failures: 1 });
  });

  it('takes an unused lease back without counting it', async () => {
    await postponeRefresh(database.pool, await taken(), { pauseSecs: 0, failed: false });
    expect(await take()).toMatchObject({ failures: 0 });
  });

  it('may be asked to hurry, a minute after the last reading at the earliest', async () => {
    await finish(await taken());
    await hurryRefresh(database.pool, ['account']);
    expect(await take()).toBeUndefined();
    await later('done_at', 61);
    expect(await take(['account'], 3_600)).toBeUndefined();
    await hurryRefresh(database.pool, ['account']);
    expect(await take(['account'], 3_600)).toMatchObject({ name: 'account' });
  });
});
