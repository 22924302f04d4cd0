import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { Breaker, type Failure } from './circuit-breaker.js';
import { Ledger } from '../orders/ledger/ledger.js';

describe('the breaker', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  let breaker: Breaker;
  let other: Breaker;
  beforeAll(async () => {
    database = await openTestDatabase();
    ledger = new Ledger(database.pool, 60_000);
    const settings = { failures: 3, unknowns: 3, pauseSecs: [10, 100], probeLimitMs: 60_000 };
    breaker = new Breaker(database.pool, settings, () => 0.5);
    // As another process has it.
    other = new Breaker(database.pool, settings, () => 0.5);
  });
  afterAll(() => database.close());
  beforeEach(() => breaker.noteAnswer(true));

  const missed = (isProbe = false): Failure => ({ isProbe, reason: 'partner-unreachable', last: 'not sent (refused)' });
  const denied: Failure = { isProbe: false, reason: 'partner-refuses', isPlain: true, last: 'HTTP 401, HTML' };
  const unknown = (more: Partial<Failure> = {}): Failure => ({
    isProbe: false,
    reason: 'unknown-outcomes',
    isUnknown: true,
    last: 'HTTP 502, HTML',
    ...more,
  });
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
    for (let miss = 0; miss < 3; miss += 1) await breaker.noteFailure(missed());
  }

  it('opens after so many failures in a row, counted over all processes', async () => {
    expect(await breaker.noteFailure(missed())).toMatchObject({ opened: false, probeInMs: undefined });
    expect(await other.noteFailure(missed())).toMatchObject({ opened: false, probeInMs: undefined });
    const third = await breaker.noteFailure(missed());
    expect(third.opened).toBe(true);
    expect(third.probeInMs).toBeGreaterThan(9_000);
    expect(third.probeInMs).toBeLessThanOrEqual(10_000);
  });

  it('opens at once after a refusal such as 401, and its pause does not grow with attempts in progress', async () => {
    const [first, second] = [await breaker.noteFailure(denied), await other.noteFailure(denied)];
    expect([first.opened, second.opened]).toEqual([true, false]);
    expect(second.probeInMs).toBeLessThanOrEqual(10_000);
  });

  it('gives its pause in whole milliseconds, as the ledger takes them', async () => {
    const odd = new Breaker(
      database.pool,
      { failures: 1, unknowns: 1, pauseSecs: [1.2345], probeLimitMs: 1 },
      () => 0.123,
    );
    expect(Number.isInteger((await odd.noteFailure(missed())).probeInMs)).toBe(true);
  });

  it('begins to count again once the partner was reached', async () => {
    await breaker.noteFailure(missed());
    await breaker.noteFailure(missed());
    expect(await other.noteAnswer(true)).toBe(false);
    expect(await breaker.noteFailure(missed())).toMatchObject({ opened: false, failures: 1 });
  });

  it('refuses every claim while it is open, without changing orders', async () => {
    const orderId = await acceptOrder();
    await open();
    const refused = await claim(orderId);
    expect(refused.kind).toBe('breaker-open');
    expect(await ledger.find(orderId)).toMatchObject({ status: 'accepted', attempts: 0 });
  });

  it('gives the probe to one of many, and grants only its claim', async () => {
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
    await breaker.noteFailure(missed(true));
    expect(await claim(second)).toMatchObject({ kind: 'breaker-open', isProbing: false });
  });

  it('probes at once when its pause is longer than any, because the clock was set back', async () => {
    await open();
    await database.pool.query(`update partner_breaker set open_until = now() + interval '1 day'`);
    expect(await breaker.takeProbe()).toBe(true);
    expect(await other.takeProbe()).toBe(false);
  });

  it('gives the probe to the next one when the first had no order to send', async () => {
    await open();
    await pauseIsOver();
    await breaker.takeProbe();
    await breaker.giveBack({ isProbe: true });
    expect(await other.takeProbe()).toBe(true);
  });

  it('pauses longer after each probe that fails, up to the last pause, and no longer for attempts in progress', async () => {
    await open();
    expect((await other.noteFailure(missed())).probeInMs).toBeLessThanOrEqual(10_000);
    for (let probe = 0; probe < 3; probe += 1) {
      await pauseIsOver();
      await breaker.takeProbe();
      expect((await breaker.noteFailure(missed(true))).probeInMs).toBeGreaterThan(90_000);
    }
  });

  it('closes at the first attempt that reaches the partner, and says so once', async () => {
    const orderId = await acceptOrder();
    await open();
    expect(await breaker.noteAnswer(true)).toBe(true);
    expect(await other.noteAnswer(true)).toBe(false);
    expect(await claim(orderId)).toMatchObject({ kind: 'claimed', claim: { troubled: false } });
  });

  it('spreads its pauses, so that gateways of one company do not probe at the same time', async () => {
    const settings = { failures: 1, unknowns: 1, pauseSecs: [10], probeLimitMs: 1 };
    const least = await new Breaker(database.pool, settings, () => 0).noteFailure(missed());
    await breaker.noteAnswer(true);
    const most = await new Breaker(database.pool, settings, () => 1).noteFailure(missed());
    expect(least.probeInMs).toBeLessThanOrEqual(8_000);
    expect(most.probeInMs).toBeGreaterThan(11_000);
  });

  describe('counts outcomes that no one knows', () => {
    const pausedEvents = async () =>
      (
        await database.pool.query<{ open: boolean; message: string; reason: string }>(
          `select closed_at is null as open, message, details ->> 'reason' as reason
             from operator_events where kind = 'sending.paused' order by id desc limit 1`,
        )
      ).rows[0];
    const claimMany = async (limited: Ledger, count: number) => {
      const ids = await Promise.all(Array.from({ length: count }, acceptOrder));
      const outcomes = await Promise.all(
        ids.map((orderId) => limited.claim({ orderId, generation: 0, claimId: randomUUID(), isProbe: false })),
      );
      return outcomes.map(({ kind }) => kind).toSorted();
    };
    const clearAnswers = () => database.pool.query(`update partner_breaker set answered_at = '-infinity'`);

    it('and opens after so many since the last valid answer, with one event that says why and ends with it', async () => {
      await breaker.noteFailure(unknown());
      await breaker.noteFailure(missed());
      await other.noteFailure(unknown({ last: 'no answer in time' }));
      expect(await breaker.noteFailure(unknown())).toMatchObject({
        opened: true,
        unknowns: 3,
        message: '3 unknown outcomes in a row, last: HTTP 502, HTML',
      });
      expect(await other.noteFailure(unknown())).toMatchObject({ opened: false, unknowns: 4 });
      expect(await pausedEvents()).toMatchObject({
        open: true,
        reason: 'unknown-outcomes',
        message: expect.stringContaining('3 unknown outcomes in a row, last: HTTP 502, HTML'),
      });
      expect(await breaker.noteAnswer(true)).toBe(true);
      expect(await pausedEvents()).toMatchObject({ open: false });
    });

    it('and an answer to a read neither closes it nor lets the count begin again', async () => {
      await breaker.noteFailure(unknown());
      await breaker.noteAnswer(false);
      await breaker.noteFailure(unknown());
      expect(await breaker.noteFailure(unknown())).toMatchObject({ opened: true });
      expect(await breaker.noteAnswer(false)).toBe(false);
      await pauseIsOver();
      expect(await breaker.takeProbe()).toBe(true);
      expect((await breaker.noteFailure(unknown({ isProbe: true }))).probeInMs).toBeGreaterThan(90_000);
    });

    it('and is left alone for as long as the partner asks, an hour at most', async () => {
      const { probeInMs } = await breaker.noteFailure(unknown({ isPlain: true, retryAfterSecs: 600 }));
      expect(probeInMs).toBeGreaterThan(600_000);
      const longer = await breaker.noteFailure(unknown({ retryAfterSecs: 1_000_000 }));
      expect(longer.probeInMs).toBeGreaterThan(3_600_000);
      expect(longer.probeInMs).toBeLessThan(breaker.longestMs);
    });

    it('and lets no more be in progress than may become unknown, until an answer vouches for the partner', async () => {
      const limited = new Ledger(database.pool, 60_000, undefined, 'fifo', 3);
      const second = new Ledger(database.pool, 60_000, undefined, 'fifo', 3);
      await clearAnswers();
      const cold = await Promise.all([claimMany(limited, 40), claimMany(second, 40)]);
      expect(cold.flat().filter((kind) => kind === 'claimed')).toHaveLength(3);
      expect(cold.flat().filter((kind) => kind === 'on-trial')).toHaveLength(77);
      // One is unknown: with the two that are in progress, the limit is full.
      await breaker.noteFailure(unknown({ isTrial: true }));
      expect(await claimMany(limited, 5)).not.toContain('claimed');
      // One was not sent: its place is free again.
      await breaker.giveBack({ isProbe: false, isTrial: true });
      expect(await claimMany(limited, 5)).toEqual(['claimed', 'on-trial', 'on-trial', 'on-trial', 'on-trial']);
      await breaker.noteAnswer(true);
      expect(new Set(await claimMany(limited, 40))).toEqual(new Set(['claimed']));
      // All is well: one unknown outcome of many lets the next go one by one, within the limit.
      await breaker.noteFailure(unknown());
      expect((await claimMany(limited, 9)).filter((kind) => kind === 'claimed')).toHaveLength(2);
    });

    it('and a place whose holder never came back is free again with its lease', async () => {
      const limited = new Ledger(database.pool, 60_000, undefined, 'fifo', 1);
      await clearAnswers();
      expect(await claimMany(limited, 2)).toEqual(['claimed', 'on-trial']);
      await database.pool.query(`update partner_breaker set trials_until = now() - interval '1 second'`);
      expect(await claimMany(limited, 2)).toEqual(['claimed', 'on-trial']);
    });
  });
});
