import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { OUTCOME_TABLE } from '../sending/outcome-table.js';
import { cancelOrder } from './cancel-order.js';
import type { Claim } from './claim.js';
import { resolveOrder, type ResolutionKind } from './decisions/resolve-order.js';
import { expireLeases, resendUnknown } from './due-orders.js';
import { Ledger } from './ledger.js';
import type { AttemptSettlement } from './settle-attempts.js';

const ACTOR = { who: 'ops', why: undefined };
const ALARM = 'order.executed-twice-possibly';
/** An event for operators and not for producers. */
const QUIET_LINE = { cause: 'earlier-attempt-executed', type: null };

/** The outcome of an attempt that was answered with "paid". */
function paid({ orderId, attempt }: Claim, troikaOrderId: string): AttemptSettlement {
  return {
    orderId,
    attempt,
    verdict: { ...OUTCOME_TABLE['answered-0'], resultCode: 0, resultMessage: 'OK', troikaOrderId, totalAmount: '1.50' },
    outcome: 'answered',
    reason: null,
    httpStatus: 200,
    durationMs: 12,
    keyId: 'abcd',
    dueInMs: 0,
    answer: null,
    isFree: false,
  };
}

const withoutAnswer = (claim: Claim, row: 'unknown' | 'not-sent' | 'not-sent-last' = 'unknown'): AttemptSettlement => ({
  ...paid(claim, ''),
  verdict: OUTCOME_TABLE[row],
  outcome: row === 'unknown' ? 'unknown' : 'not-sent',
  reason: 'timeout',
});

describe('an answer of an earlier attempt that comes very late and says "paid"', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  beforeAll(async () => {
    database = await openTestDatabase();
    ledger = new Ledger(database.pool, 60_000);
  });
  afterAll(() => database.close());
  // Each test has a partner of its own, whose ids no one else has.
  beforeEach(() => database.pool.query('delete from troika_order_ids'));

  async function accepted(): Promise<string> {
    const acceptance = await ledger.accept({
      apiKeyName: 'shop',
      idempotencyKey: randomUUID(),
      requestHash: createHash('sha256').update('body').digest(),
      reference: null,
      body: '{}',
      callbackUrl: null,
      metadata: null,
      phones: [],
    });
    if (acceptance.kind !== 'accepted') throw new Error(acceptance.kind);
    return acceptance.order.id;
  }
  async function claim(orderId: string): Promise<Claim> {
    const { rows } = await database.pool.query<{ generation: number }>('select generation from orders where id = $1', [
      orderId,
    ]);
    const job = { orderId, generation: rows[0]?.generation ?? -1, claimId: randomUUID(), isProbe: false };
    const outcome = await ledger.claim(job);
    if (outcome.kind !== 'claimed') throw new Error(outcome.kind);
    return outcome.claim;
  }
  /** An order whose first sender did not come back. */
  async function lost(): Promise<Claim> {
    const first = await claim(await accepted());
    await database.pool.query(`update orders set lease_expires_at = now() - interval '1 second' where id = $1`, [
      first.orderId,
    ]);
    await expireLeases(database.pool);
    return first;
  }
  const decide = (orderId: string, kind: ResolutionKind, troikaOrderId: string | null = null) =>
    resolveOrder(database.pool, orderId, { kind, troikaOrderId, totalAmount: null, force: true, details: {} }, ACTOR);
  const find = async (id: string) => await ledger.find(id);
  const alarmsOf = async (id: string) => {
    const { rows } = await database.pool.query<{ kind: string; severity: string; message: string; details: object }>(
      `select kind, severity, message, details from operator_events where details ->> 'orderId' = $1`,
      [id],
    );
    return rows;
  };
  const lastLineOf = async (id: string) => {
    const { rows } = await database.pool.query<{ status: string; cause: string; type: string | null }>(
      'select status, cause, type from order_events where order_id = $1 order by id desc limit 1',
      [id],
    );
    return rows[0];
  };

  it.each(['resend', 'fail'] as const)(
    'confirms an order that a person has decided to %s, before it is sent again',
    async (kind) => {
      const first = await lost();
      await decide(first.orderId, kind);
      await ledger.settle(paid(first, '77'));
      expect(await find(first.orderId)).toMatchObject({ status: 'confirmed', troikaOrderId: '77' });
      expect(await lastLineOf(first.orderId)).toMatchObject({ cause: 'answered-0', type: 'order.confirmed' });
      expect(await alarmsOf(first.orderId)).toEqual([]);
    },
  );

  it('confirms an order also between two later attempts that were surely not sent', async () => {
    const first = await lost();
    await decide(first.orderId, 'resend');
    await ledger.settle(withoutAnswer(await claim(first.orderId), 'not-sent'));
    await ledger.settle(paid(first, '77'));
    expect(await find(first.orderId)).toMatchObject({ status: 'confirmed', troikaOrderId: '77' });
  });

  it('raises an alarm when the order is confirmed by a later attempt, and leaves that as it is', async () => {
    const first = await lost();
    await decide(first.orderId, 'resend');
    await ledger.settle(paid(await claim(first.orderId), '78'));
    await ledger.settle(paid(first, '77'));
    expect(await find(first.orderId)).toMatchObject({ status: 'confirmed', troikaOrderId: '78' });
    expect(await lastLineOf(first.orderId)).toEqual({ status: 'confirmed', ...QUIET_LINE });
    const [alarm, ...others] = await alarmsOf(first.orderId);
    expect(others).toEqual([]);
    expect(alarm).toMatchObject({ kind: ALARM, severity: 'critical' });
    expect(alarm?.message).toContain(`Attempt 1 of order ${first.orderId} was executed after all, as order 77`);
    expect(alarm?.details).toMatchObject({ attempt: 1, troikaOrderId: '77', knownAs: '78', status: 'confirmed' });
  });

  it('raises an alarm while a later attempt is being sent, and when that one came to nothing certain', async () => {
    const first = await lost();
    await decide(first.orderId, 'resend');
    const second = await claim(first.orderId);
    await ledger.settle(paid(first, '77'));
    expect(await find(first.orderId)).toMatchObject({ status: 'sending' });
    await ledger.settle(withoutAnswer(second));
    expect(await find(first.orderId)).toMatchObject({ status: 'unknown' });
    expect(await alarmsOf(first.orderId)).toHaveLength(1);
  });

  it('raises an alarm when the producer was notified of a cancellation', async () => {
    const first = await lost();
    await decide(first.orderId, 'resend');
    expect(await cancelOrder(database.pool, first.orderId, 'shop')).toMatchObject({ status: 'cancelled' });
    await ledger.settle(paid(first, '77'));
    expect(await find(first.orderId)).toMatchObject({ status: 'cancelled' });
    expect(await alarmsOf(first.orderId)).toHaveLength(1);
  });

  it('raises an alarm when a person has confirmed the order under another number, and none under the same', async () => {
    const [same, other] = [await lost(), await lost()];
    for (const { orderId } of [same, other]) await decide(orderId, 'confirmed', '77');
    await ledger.settle(paid(same, '77'));
    await ledger.settle(paid(other, '79'));
    expect(await alarmsOf(same.orderId)).toEqual([]);
    expect(await alarmsOf(other.orderId)).toHaveLength(1);
  });

  it('raises no alarm when a settlement is repeated because its answer was lost, and one alarm only', async () => {
    const usual = await claim(await accepted());
    for (let time = 0; time < 2; time += 1) await ledger.settle(paid(usual, '80'));
    expect(await alarmsOf(usual.orderId)).toEqual([]);

    const first = await lost();
    await decide(first.orderId, 'resend');
    await claim(first.orderId);
    for (let time = 0; time < 2; time += 1) await ledger.settle(paid(first, '77'));
    expect(await alarmsOf(first.orderId)).toHaveLength(1);
  });

  describe('or never, when a rule has sent the order again', () => {
    const byRule = () => resendUnknown(database.pool, { afterSecs: -1, mostAttempts: 5 });

    it('leaves the next attempt in doubt, until a person decides', async () => {
      const first = await lost();
      await byRule();
      const second = await claim(first.orderId);
      expect([first.inDoubt, second.inDoubt]).toEqual([false, true]);
      await ledger.settle(withoutAnswer(second));
      await decide(first.orderId, 'resend');
      expect(await claim(first.orderId)).toMatchObject({ inDoubt: false });
    });

    it('keeps the producer from cancelling what may have been executed', async () => {
      const first = await lost();
      await byRule();
      expect(await cancelOrder(database.pool, first.orderId, 'shop')).toBeUndefined();
      expect(await find(first.orderId)).toMatchObject({ status: 'retrying' });
    });

    it('sends nothing again that was answered, and left in doubt by that', async () => {
      const first = await lost();
      await byRule();
      const second = await claim(first.orderId);
      await ledger.settle({
        ...paid(second, ''),
        verdict: { ...OUTCOME_TABLE['answered-other-in-doubt'], resultCode: 5 },
      });
      expect((await byRule()).map(({ orderId }) => orderId)).not.toContain(first.orderId);
      expect(await find(first.orderId)).toMatchObject({ status: 'unknown', resultCode: 5 });
    });
  });
});
