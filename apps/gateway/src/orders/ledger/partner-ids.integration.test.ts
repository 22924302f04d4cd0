import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { OUTCOME_TABLE } from '../sending/outcome-table.js';
import type { Claim } from './claim.js';
import { resolveOrder } from './decisions/resolve-order.js';
import { expireLeases, resendUnknown } from './due-orders.js';
import { Ledger } from './ledger.js';
import type { AttemptSettlement } from './settle-attempts.js';

const SAME_ID = { status: 'unknown', cause: 'answered-0-same-id' };

describe('an id of the partner', () => {
  let database: TestDatabase;
  /** As two processes have it. */
  let ledgers: [Ledger, Ledger];
  beforeAll(async () => {
    database = await openTestDatabase();
    ledgers = [new Ledger(database.pool, 60_000), new Ledger(database.pool, 60_000)];
  });
  afterAll(() => database.close());

  async function claimed(): Promise<Claim> {
    const acceptance = await ledgers[0].accept({
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
    const job = { orderId: acceptance.order.id, generation: 0, claimId: randomUUID(), isProbe: false };
    const outcome = await ledgers[0].claim(job);
    if (outcome.kind !== 'claimed') throw new Error(outcome.kind);
    return outcome.claim;
  }
  const paid = (
    { orderId, attempt }: Claim,
    troikaOrderId?: string,
    more: Partial<AttemptSettlement> = {},
  ): AttemptSettlement => ({
    orderId,
    attempt,
    verdict: {
      ...OUTCOME_TABLE[troikaOrderId === undefined ? 'answered-0-without-id' : 'answered-0'],
      resultCode: 0,
      totalAmount: '2800',
      ...(troikaOrderId === undefined ? {} : { troikaOrderId }),
    },
    outcome: 'answered',
    reason: null,
    httpStatus: 200,
    durationMs: 1,
    keyId: null,
    answer: null,
    isFree: false,
    dueInMs: 0,
    ...more,
  });
  const statusOf = async ({ orderId }: Claim) => (await ledgers[0].find(orderId))?.status;
  const lastLineOf = async ({ orderId }: Claim) => {
    const { rows } = await database.pool.query<{ status: string; cause: string }>(
      'select status, cause from order_events where order_id = $1 order by id desc limit 1',
      [orderId],
    );
    return rows[0];
  };
  const eventsOf = async ({ orderId }: Claim) => {
    const { rows } = await database.pool.query<{ kind: string; details: Record<string, unknown> }>(
      `select kind, details from operator_events where details ->> 'orderId' = $1 order by id`,
      [orderId],
    );
    return rows;
  };

  it('belongs to the order that has it first: the next one is left to a person, and an event names both', async () => {
    const [first, second] = [await claimed(), await claimed()];
    await ledgers[0].settle(paid(first, '501'));
    await ledgers[1].settle(paid(second, '501'));
    expect([await statusOf(first), await lastLineOf(second)]).toEqual(['confirmed', SAME_ID]);
    expect(await eventsOf(first)).toEqual([]);
    expect(await eventsOf(second)).toMatchObject([
      { kind: 'order.same-id', details: { troikaOrderId: '501', otherOrderId: first.orderId, attempt: 1 } },
    ]);
  });

  it('belongs to one order when six are settled at the same moment, by two processes', async () => {
    const claims = await Promise.all(Array.from({ length: 6 }, () => claimed()));
    await Promise.all(claims.map((claim, index) => ledgers[index % 2 === 0 ? 0 : 1].settle(paid(claim, '502'))));
    const statuses = await Promise.all(claims.map(statusOf));
    expect(statuses.filter((status) => status === 'confirmed')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'unknown')).toHaveLength(5);
    const events = await Promise.all(claims.map(eventsOf));
    expect(events.flat().map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'order.same-id'));
  });

  it('stays with its order when a settlement is repeated because its answer was lost', async () => {
    const claim = await claimed();
    for (let time = 0; time < 2; time += 1) await ledgers[0].settle(paid(claim, '503'));
    expect(await statusOf(claim)).toBe('confirmed');
    expect(await eventsOf(claim)).toEqual([]);
  });

  it('that a person has named belongs to that order too', async () => {
    const [lost, next] = [await claimed(), await claimed()];
    await ledgers[0].settle(paid(lost));
    const decision = { kind: 'confirmed', troikaOrderId: '504', totalAmount: null, force: false, details: {} } as const;
    await resolveOrder(database.pool, lost.orderId, decision, { who: 'ops', why: undefined });
    await ledgers[0].settle(paid(next, '504'));
    expect([await statusOf(lost), await lastLineOf(next)]).toEqual(['confirmed', SAME_ID]);
  });

  it('that is missing leaves the order to a person, and no rule sends it again', async () => {
    const claim = await claimed();
    await ledgers[0].settle(paid(claim));
    expect(await lastLineOf(claim)).toEqual({ status: 'unknown', cause: 'answered-0-without-id' });
    const resent = await resendUnknown(database.pool, { afterSecs: -1, mostAttempts: 5 });
    expect(resent.map(({ orderId }) => orderId)).not.toContain(claim.orderId);
    const decision = { kind: 'confirmed', troikaOrderId: '505', totalAmount: null, force: false, details: {} } as const;
    await resolveOrder(database.pool, claim.orderId, decision, { who: 'ops', why: undefined });
    expect(await ledgers[0].find(claim.orderId)).toMatchObject({ status: 'confirmed', troikaOrderId: '505' });
  });

  it.each(['resend', 'fail'] as const)(
    'that is missing in a late answer keeps an order that a person has decided to %s from being sent again',
    async (kind) => {
      const claim = await claimed();
      await database.pool.query(`update orders set lease_expires_at = now() - interval '1 second' where id = $1`, [
        claim.orderId,
      ]);
      await expireLeases(database.pool);
      const decision = { kind, troikaOrderId: null, totalAmount: null, force: false, details: {} };
      await resolveOrder(database.pool, claim.orderId, decision, { who: 'ops', why: undefined });
      await ledgers[0].settle(paid(claim));
      expect(await lastLineOf(claim)).toEqual({ status: 'unknown', cause: 'answered-0-without-id' });
    },
  );

  it('and other oddities of an answer are reported once, in the statement that settles the order', async () => {
    const claim = await claimed();
    const notices = [
      { kind: 'order.odd-amount', severity: 'critical', message: 'm', details: { totalAmount: '1' } },
    ] as const;
    for (let time = 0; time < 2; time += 1) await ledgers[0].settle(paid(claim, undefined, { notices }));
    expect(await eventsOf(claim)).toEqual([
      { kind: 'order.odd-amount', details: { orderId: claim.orderId, attempt: 1, totalAmount: '1' } },
    ]);
  });
});
