import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { RateLimiter } from './rate-limiter.js';

describe('the rate limiter of calls to the partner', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => database.pool.query('delete from partner_pace'));

  /** The next free slot and the current time, in seconds by the clock of the database. */
  async function slotSecs(): Promise<{ next: number; now: number }> {
    const { rows } = await database.pool.query<{ next: number; now: number }>(
      'select extract(epoch from next_call_at)::float8 as next, extract(epoch from now())::float8 as now from partner_pace',
    );
    return rows[0] ?? { next: 0, now: 0 };
  }

  async function nextSlotInSecs(): Promise<number> {
    const { next, now } = await slotSecs();
    return next - now;
  }

  it('gives consecutive slots to all processes, so that no second has more calls than the rate', async () => {
    const one = new RateLimiter(database.pool, 50);
    const other = new RateLimiter(database.pool, 50);
    await one.take();
    const first = await slotSecs();
    await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? one : other).take()));
    const { next, now } = await slotSecs();
    expect(next - first.next).toBeGreaterThanOrEqual(40 / 50 - 1e-3);
    // Each has waited for its slot, the last one too.
    expect(now).toBeGreaterThanOrEqual(next - 1 / 50 - 2e-3);
  });

  it('gives the first call a slot at once, also after a crash of the database emptied the table', async () => {
    const limiter = new RateLimiter(database.pool, 0.01);
    await limiter.take();
    await database.pool.query('truncate partner_pace');
    await limiter.take();
    expect(await nextSlotInSecs()).toBeGreaterThan(90);
  });

  it('does not wait for a slot of a clock that was set back', async () => {
    const limiter = new RateLimiter(database.pool, 50);
    await database.pool.query(`insert into partner_pace (next_call_at) values (now() + interval '1 day')`);
    expect(await limiter.take()).toBe(true);
    expect(await nextSlotInSecs()).toBeLessThan(1);
  });

  it('gives a slot up, without waiting for it, when the process is to end', async () => {
    const limiter = new RateLimiter(database.pool, 0.01);
    const stopping = new AbortController();
    await limiter.take();
    const waiting = limiter.take(stopping.signal);
    stopping.abort();
    expect(await waiting).toBe(false);
    expect(await limiter.take(stopping.signal)).toBe(false);
  });

  it('gives those in line the slots of the next second only, so that a call for which a person waits comes soon', async () => {
    const limiter = new RateLimiter(database.pool, 2);
    const stopping = new AbortController();
    const line = Array.from({ length: 40 }, () => limiter.takeInLine(stopping.signal));
    await line[0];
    await new RateLimiter(database.pool, 2).take(AbortSignal.abort());
    expect(await nextSlotInSecs()).toBeLessThan(3);
    stopping.abort();
    expect((await Promise.all(line)).filter(Boolean).length).toBeLessThan(5);
  });

  it('saves nothing up while no one calls', async () => {
    const limiter = new RateLimiter(database.pool, 1);
    await database.pool.query(`insert into partner_pace (next_call_at) values (now() - interval '1 hour')`);
    await limiter.take();
    expect(await nextSlotInSecs()).toBeGreaterThan(0.5);
  });
});
