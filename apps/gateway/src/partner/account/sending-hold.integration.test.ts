import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { listOperatorEvents } from '../../operator-events/operator-events.js';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import type { ClaimOutcome } from '../../orders/ledger/claim.js';
import { Ledger } from '../../orders/ledger/ledger.js';
import { OUTCOME_TABLE } from '../../orders/sending/outcome-table.js';
import { findSendingHold, setFundFloor } from './sending-hold.js';

describe('the floor of the guarantee fund', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  beforeAll(async () => {
    database = await openTestDatabase();
    ledger = new Ledger(database.pool, 60_000);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.pool.query('update sending_hold set floor = null, reading_amount = null, spent_at_reading = spent');
    await database.pool.query('delete from operator_events');
  });

  /** A reading of the fund, asked for just now unless it was asked for when so much had been spent. */
  const read = (amount: string, spentThen?: string): Promise<unknown> =>
    database.pool.query(
      'update sending_hold set reading_amount = $1, spent_at_reading = coalesce($2::numeric, spent)',
      [amount, spentThen ?? null],
    );
  async function acceptOrder(): Promise<string> {
    const acceptance = await ledger.accept({
      apiKeyName: 'shop',
      idempotencyKey: randomUUID(),
      requestHash: Buffer.alloc(32),
      reference: null,
      body: '{}',
      callbackUrl: null,
      metadata: null,
      phones: [],
    });
    if (acceptance.kind !== 'accepted') throw new Error(acceptance.kind);
    return acceptance.order.id;
  }
  const claim = (orderId: string, isProbe = false, claimId: string = randomUUID()): Promise<ClaimOutcome> =>
    ledger.claim({ orderId, generation: 0, claimId, isProbe });
  async function settle(orderId: string, totalAmount: string, row: keyof typeof OUTCOME_TABLE = 'answered-0') {
    await ledger.settle({
      orderId,
      attempt: 1,
      verdict: { ...OUTCOME_TABLE[row], resultCode: row === 'answered-0' ? 0 : 7, troikaOrderId: orderId, totalAmount },
      outcome: 'answered',
      reason: null,
      httpStatus: 200,
      durationMs: 1,
      keyId: null,
      answer: null,
      isFree: false,
      dueInMs: 0,
    });
  }
  async function confirm(totalAmount: string): Promise<void> {
    const orderId = await acceptOrder();
    await claim(orderId);
    await settle(orderId, totalAmount);
  }
  const left = async () => (await findSendingHold(database.pool)).amountLeft;
  const events = async () =>
    (await listOperatorEvents(database.pool, { before: '9'.repeat(15), kind: undefined, limit: 50 })).map(
      ({ kind, severity }) => `${kind}: ${severity}`,
    );

  it('holds every claim, also a probe’s, without changing orders, and releases them after a refill', async () => {
    await setFundFloor(database.pool, '1000');
    await read('999.99');
    const orderId = await acceptOrder();
    expect(await claim(orderId)).toEqual({ kind: 'held' });
    expect(await claim(orderId, true)).toEqual({ kind: 'held' });
    expect(await ledger.find(orderId)).toMatchObject({ status: 'accepted', attempts: 0 });
    await read('1000');
    expect(await claim(orderId)).toMatchObject({ kind: 'claimed' });
  });

  it('subtracts orders confirmed after the reading, to the kopeck, and reports the floor once', async () => {
    await setFundFloor(database.pool, '1000');
    await read('1300.30');
    await confirm('100.10');
    expect(await left()).toBe('1200.2');
    expect((await ledger.brake()).brake).toBe('none');
    await Promise.all([confirm('100.10'), confirm('1.0e2'), confirm('50')]);
    expect(await left()).toBe('950.1');
    expect(await findSendingHold(database.pool)).toMatchObject({ held: true, since: expect.any(Date), floor: '1000' });
    expect(await events()).toEqual(['fund.floor-reached: critical']);
  });

  it('subtracts an order confirmed during a reading twice rather than not at all', async () => {
    await setFundFloor(database.pool, '1000');
    await read('2000');
    const { rows } = await database.pool.query<{ spent: string }>('select spent::text as spent from sending_hold');
    await confirm('300');
    await read('1700', rows[0]?.spent);
    expect(await left()).toBe('1400');
    await read('1700');
    expect(await left()).toBe('1700');
  });

  it('reports once that sending waits, and once that it resumes, however often the figures change', async () => {
    await setFundFloor(database.pool, '1000');
    for (const amount of ['1500', '900', '800', '999.99', '1000', '1200', '10']) await read(amount);
    expect((await events()).toReversed()).toEqual([
      'fund.floor-reached: critical',
      'fund.floor-cleared: info',
      'fund.floor-reached: critical',
    ]);
    const [latest] = await listOperatorEvents(database.pool, { before: '9'.repeat(15), kind: undefined, limit: 1 });
    expect(latest?.message).toMatch(/^Sending waits: 10 roubles or less are left .* under the floor of 1000 /);
    expect(latest?.details).toEqual({ amountLeft: '10', floor: '1000' });
  });

  it('ends with its setting, and does not begin before the first reading', async () => {
    await setFundFloor(database.pool, '1000');
    expect((await ledger.brake()).brake).toBe('none');
    await read('5');
    expect((await ledger.brake()).brake).toBe('fund-floor');
    await setFundFloor(database.pool, undefined);
    expect((await ledger.brake()).brake).toBe('none');
  });

  it('does not stop an attempt that began before, and grants its repeated claim', async () => {
    await setFundFloor(database.pool, '1000');
    await read('5000');
    const [orderId, claimId] = [await acceptOrder(), randomUUID()];
    await claim(orderId, false, claimId);
    await read('10');
    expect(await claim(orderId, false, claimId)).toMatchObject({ kind: 'claimed', claim: { attempt: 1 } });
    await settle(orderId, '7');
    expect([(await ledger.find(orderId))?.status, await left()]).toEqual(['confirmed', '3']);
  });

  it('counts only confirmed orders with valid amounts', async () => {
    await setFundFloor(database.pool, '1000');
    await read('5000');
    const rejected = await acceptOrder();
    await claim(rejected);
    await settle(rejected, '100', 'answered-other');
    await confirm('1e999');
    await confirm('-100');
    expect(await left()).toBe('5000');
  });
});
