import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { Breaker } from './circuit-breaker.js';
import { Ledger } from '../orders/ledger/ledger.js';

describe('the breaker', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  let breaker: Breaker;
  let other: Breaker;
  beforeAll(async () => {
    database = await openTestDatabase();
    ledger = new Ledger(database.pool, 60_000);
    const settings = { failures: 3, pauseSecs: [10, 100], probeLimitMs: 60_000 };
    breaker = new Breaker(database.pool, settings, () => 0.5);
    // As another process has it.
    other = new Breaker(database.pool, settings, () => 0.5);
  });
  afterAll(() => database.close());
  beforeEach(() => breaker.reached());

  const pauseIsOver = () => database.pool.query('update partner_breaker set open_until = now()');
  async function acceptOrder(): Promise<string> {
    const acceptance = await ledger.accept({
      apiKeyName: 'shop',
      idempotencyKey: randomUUID(),
      requestHash: createHash('sha256').digest(),
      reference: null,
      body: '{}',
      callbackUrl: null,
      metadata: null,
      phones: [],
    });
    if (acceptance.kind !== 'accepted') throw new Error(acceptance.kind);
    return acceptance.order.id;
  }
  const claim = (orderId: string, isProbe = false) =>
    ledger.claim({ orderId, generation: 0, claimId: randomUUID(), isProbe });
  async function open(): Promise<void> {
    for (let miss = 0; miss < 3; miss += 1) await breaker.missed(false);
  }

  it('opens after so many failures in a row, counted over all processes', async () => {
    expect(await breaker.missed(false)).toMatchObject({ opened: false, probeInMs: undefined });
    expect(await other.missed(false)).toMatchObject({ opened: false, probeInMs: undefined });
    const third = await breaker.missed(false);
    expect(third.opened).toBe(true);
    expect(third.probeInMs).toBeGreaterThan(9_000);
    expect(third.probeInMs).toBeLessThanOrEqual(10_000);
  });

  it('opens at once for the one who is not let in, and its pause does not grow with those that were under way', async () => {
    const [first, second] = [await breaker.missed(false, true), await other.missed(false, true)];
    expect([first.opened, second.opened]).toEqual([true, false]);
    expect(second.probeInMs).toBeLessThanOrEqual(10_000);
  });

  it('gives its pause in whole milliseconds, as the ledger takes them', async () => {
    const odd = new Breaker(database.pool, { failures: 1, pauseSecs: [1.2345], probeLimitMs: 1 }, () => 0.123);
    expect(Number.isInteger((await odd.missed(false)).probeInMs)).toBe(true);
  });

  it('begins to count again once the partner was reached', async () => {
    await breaker.missed(false);
    await breaker.missed(false);
    expect(await other.reached()).toBe(false);
    expect(await breaker.missed(false)).toMatchObject({ opened: false, failures: 1 });
  });

  it('lets no one claim while it is open, and changes nothing of the orders', async () => {
    const orderId = await acceptOrder();
    await open();
    const refused = await claim(orderId);
    expect(refused.kind).toBe('breaker-open');
    expect(await ledger.find(orderId)).toMatchObject({ status: 'accepted', attempts: 0 });
  });

  it('gives the probe to one of many, and lets it alone claim', async () => {
    const [first, second] = [await acceptOrder(), await acceptOrder()];
    await open();
    expect(await breaker.takeProbe()).toBe(false);
    await pauseIsOver();
    expect(await claim(first)).toEqual({ kind: 'breaker-open', probeInMs: 0, isProbing: false });
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? breaker : other).takeProbe()),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await claim(first, true)).toMatchObject({ kind: 'claimed' });
    expect(await claim(second)).toMatchObject({ kind: 'breaker-open', isProbing: true });
    await breaker.missed(true);
    expect(await claim(second)).toMatchObject({ kind: 'breaker-open', isProbing: false });
  });

  it('probes at once when its pause is longer than any, because the clock was set back', async () => {
    await open();
    await database.pool.query(`update partner_breaker set open_until = now() + interval '1 day'`);
    expect(await breaker.takeProbe()).toBe(true);
    expect(await other.takeProbe()).toBe(false);
  });

  it('lets the next one probe when there was nothing to probe with', async () => {
    await open();
    await pauseIsOver();
    await breaker.takeProbe();
    await breaker.giveProbeBack();
    expect(await other.takeProbe()).toBe(true);
  });

  it('pauses longer after each probe that fails, up to the last pause, and no longer for attempts under way', async () => {
    await open();
    expect((await other.missed(false)).probeInMs).toBeLessThanOrEqual(10_000);
    for (let probe = 0; probe < 3; probe += 1) {
      await pauseIsOver();
      await breaker.takeProbe();
      expect((await breaker.missed(true)).probeInMs).toBeGreaterThan(90_000);
    }
  });

  it('closes at the first attempt that reaches the partner, and says so once', async () => {
    const orderId = await acceptOrder();
    await open();
    expect(await breaker.reached()).toBe(true);
    expect(await other.reached()).toBe(false);
    expect(await claim(orderId)).toMatchObject({ kind: 'claimed', claim: { troubled: false } });
  });

  it('spreads its pauses, so that gateways of one company do not probe in step', async () => {
    const settings = { failures: 1, pauseSecs: [10], probeLimitMs: 1 };
    const least = await new Breaker(database.pool, settings, () => 0).missed(false);
    await breaker.reached();
    const most = await new Breaker(database.pool, settings, () => 1).missed(false);
    expect(least.probeInMs).toBeLessThanOrEqual(8_000);
    expect(most.probeInMs).toBeGreaterThan(11_000);
  });
});
