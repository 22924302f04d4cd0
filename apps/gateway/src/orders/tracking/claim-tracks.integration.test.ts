import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { RateLimiter } from '../../partner/rate-limiter.js';
import { claimTracks, HORIZON_MS, type TrackClaim } from './claim-tracks.js';
import { pauseTracking } from './pause-tracking.js';
import { confirmOrders, resetOrders } from './testing/confirmed-orders.js';

const RATE = 100;

describe('claiming tracks', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await resetOrders(database.pool);
    // The row of the rate limiter: the first claim after a crash of the database only puts it there.
    await new RateLimiter(database.pool, 100_000).take();
  });

  const claim = (
    options: { most?: number; rate?: number; share?: number; leaseMs?: number; isProbe?: boolean } = {},
  ) => {
    const { most = 1_000, rate = RATE, share = 0, leaseMs = 60_000, isProbe = false } = options;
    return claimTracks(database.pool, { slotSecs: 1 / rate, share, most, leaseMs, isProbe });
  };
  const postOrder = (dueAgoMs: number): Promise<unknown> =>
    database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body, due_at)
       values ($1::uuid, 'shop', $1::text, '', '{}', now() - $2 * interval '1 millisecond')`,
      [randomUUID(), dueAgoMs],
    );
  const idsOf = (claims: readonly TrackClaim[]): string[] => claims.map(({ orderId }) => orderId);

  it('takes slots only as far ahead as the horizon, evenly spaced, behind those that were given before', async () => {
    await confirmOrders(database.pool, 100);
    const { claims, conditions } = await claim();
    expect(claims).toHaveLength((HORIZON_MS / 1_000) * RATE);
    claims.forEach(({ waitMs }, index) => expect(waitMs).toBeCloseTo(claims[0]!.waitMs + index * 10, 3));
    expect(conditions.nextSlotInMs).toBeCloseTo(claims.at(-1)!.waitMs + 10, 3);
    await database.pool.query(`update partner_pace set next_call_at = now() + interval '1 hour'`);
    expect((await claim()).claims).toEqual([]);
  });

  it('takes one slot at a rate whose slots are longer than the horizon', async () => {
    await confirmOrders(database.pool, 3);
    expect((await claim({ rate: 1 })).claims).toHaveLength(1);
    expect((await claim({ rate: 1 })).claims).toHaveLength(0);
  });

  it('moves the rate limiter on by what it has really taken, so that the next call follows directly', async () => {
    await confirmOrders(database.pool, 3);
    const { claims, conditions } = await claim();
    expect(claims).toHaveLength(3);
    expect(conditions.nextSlotInMs - claims[0]!.waitMs).toBeCloseTo(30, 3);
  });

  it('takes those first that have waited longest, and none that is not due', async () => {
    const [late] = await confirmOrders(database.pool, 1);
    const [later] = await confirmOrders(database.pool, 1);
    await confirmOrders(database.pool, 1, { dueInSecs: 60 });
    const { claims, conditions } = await claim();
    expect(idsOf(claims)).toEqual([late?.id, later?.id]);
    expect(conditions.dueInMs).toBeGreaterThan(30_000);
    expect((await claim()).conditions.dueNow).toBe(false);
  });

  it('gives each track to one of many who claim at once, and never more places than the rate has', async () => {
    await confirmOrders(database.pool, 60);
    const taken = await Promise.all(Array.from({ length: 8 }, () => claim()));
    const all = taken.flatMap(({ claims }) => idsOf(claims));
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(0);
    const { rows } = await database.pool.query<{ ahead: number }>(
      'select extract(epoch from next_call_at - now())::float8 as ahead from partner_pace',
    );
    expect(rows[0]?.ahead).toBeLessThanOrEqual(HORIZON_MS / 1_000 + 1 / RATE);
  });

  it('leaves every slot to orders that wait to be sent', async () => {
    await confirmOrders(database.pool, 3);
    await postOrder(5_000);
    const { claims, conditions } = await claim();
    expect(claims).toEqual([]);
    expect(conditions.sendsWait).toBe(true);
  });

  it('has its share of the rate while orders wait, behind the slots that these have, and no more', async () => {
    await confirmOrders(database.pool, 30);
    await postOrder(5_000);
    await database.pool.query(`update partner_pace set next_call_at = now() + interval '20 seconds'`);
    const { claims, conditions } = await claim({ share: 0.1 });
    // A tenth of a second's calls; what it has not used before is not saved up.
    expect(claims).toHaveLength(RATE / 10);
    expect(claims[0]?.waitMs).toBeGreaterThan(15_000);
    expect(conditions.nextSlotInMs - claims[0]!.waitMs).toBeCloseTo(10 * claims.length, 3);
    expect((await claim({ share: 0.1, rate: 1 })).claims).toEqual([]);
    const { rows } = await database.pool.query(
      `select from order_tracks where is_leased and due_at < now() + interval '75 seconds'`,
    );
    expect(rows).toEqual([]);
  });

  it('does not stop for an order that has just been posted: that one takes the next slot itself', async () => {
    await confirmOrders(database.pool, 3);
    await postOrder(0);
    expect((await claim()).claims).toHaveLength(3);
  });

  it('takes nothing while the breaker is open, but for the one that probes', async () => {
    await confirmOrders(database.pool, 3);
    await database.pool.query('update partner_breaker set open_until = now(), failures = 5');
    const { claims, conditions } = await claim();
    expect(claims).toEqual([]);
    expect(conditions.probeInMs).toBeLessThanOrEqual(0);
    const probe = await claim({ isProbe: true, most: 1 });
    expect(probe.claims).toHaveLength(1);
    expect(probe.conditions.troubled).toBe(true);
  });

  it('takes nothing while tracking pauses, in whatever process the pause was asked for', async () => {
    await confirmOrders(database.pool, 3);
    expect(await pauseTracking(database.pool, 60_000)).toBe(true);
    expect(await pauseTracking(database.pool, 1_000)).toBe(false);
    const { claims, conditions } = await claim();
    expect(claims).toEqual([]);
    expect(conditions.pausedForMs).toBeGreaterThan(50_000);
  });

  it('gives a track to another process once its lease has run out', async () => {
    const [order] = await confirmOrders(database.pool, 1);
    expect((await claim({ leaseMs: 0 })).claims[0]).toMatchObject({ orderId: order?.id, polls: 1 });
    expect((await claim()).claims[0]).toMatchObject({ orderId: order?.id, polls: 2 });
    expect((await claim()).claims).toEqual([]);
  });

  it('begins again when the rate limiter was lost with a crash of the database', async () => {
    await confirmOrders(database.pool, 1);
    await database.pool.query('delete from partner_pace');
    expect((await claim()).claims).toEqual([]);
    expect((await claim()).claims).toHaveLength(1);
  });
});
