import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { OUTCOME_TABLE } from '../sending/outcome-table.js';
import type { Acceptance, NewOrder } from './accept-orders.js';
import type { Claim, ClaimOutcome } from './claim.js';
import type { SendJob } from './send-job.js';
import { expireLeases, findDueOrders, renewGenerations } from './due-orders.js';
import { Ledger } from './ledger.js';
import type { AttemptSettlement } from './settle-attempts.js';

const LEASE_MS = 60_000;

function newOrder(overrides: Partial<NewOrder> = {}): NewOrder {
  const body = overrides.body ?? '{"phone":"+71044826548","orderData":[]}';
  return {
    apiKeyName: 'shop',
    idempotencyKey: randomUUID(),
    requestHash: createHash('sha256').update(body).digest(),
    reference: null,
    body,
    callbackUrl: null,
    metadata: null,
    phones: [],
    ...overrides,
  };
}

function settlement(held: Claim, overrides: Partial<AttemptSettlement> = {}): AttemptSettlement {
  return {
    orderId: held.orderId,
    attempt: held.attempt,
    verdict: {
      ...OUTCOME_TABLE['answered-0'],
      resultCode: 0,
      resultMessage: 'OK',
      troikaOrderId: '1',
      totalAmount: '1.50',
    },
    outcome: 'answered',
    reason: null,
    httpStatus: 200,
    durationMs: 12,
    keyId: 'abcd',
    dueInMs: 0,
    answer: null,
    isFree: false,
    ...overrides,
  };
}

describe('the ledger', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  beforeAll(async () => {
    database = await openTestDatabase();
    ledger = new Ledger(database.pool, LEASE_MS);
  });
  afterAll(() => database.close());
  // Each test has a partner of its own, whose ids no one else has.
  beforeEach(() => database.pool.query('delete from troika_order_ids'));

  async function accepted(overrides: Partial<NewOrder> = {}): Promise<string> {
    const acceptance = await ledger.accept(newOrder(overrides));
    if (acceptance.kind !== 'accepted') throw new Error(acceptance.kind);
    return acceptance.order.id;
  }
  const claim = (job: SendJob, by = ledger): Promise<ClaimOutcome> =>
    by.claim({ ...job, claimId: randomUUID(), isProbe: false });
  async function claimed(generation = 0): Promise<Claim> {
    const outcome = await claim({ orderId: await accepted(), generation });
    if (outcome.kind !== 'claimed') throw new Error('no claim');
    return outcome.claim;
  }
  const statusOf = async (id: string): Promise<string | undefined> => (await ledger.find(id))?.status;
  const historyOf = async (id: string): Promise<string[]> => {
    const { rows } = await database.pool.query<{ line: string }>(
      `select status || ': ' || cause as line from order_events where order_id = $1 order by id`,
      [id],
    );
    return rows.map(({ line }) => line);
  };
  const expireLease = (id: string) =>
    database.pool.query(`update orders set lease_expires_at = now() - interval '1 second' where id = $1`, [id]);

  describe('accepting', () => {
    it('knows a repeated post of an older order in the ledger under its earlier hash', async () => {
      const first = newOrder({ requestHash: createHash('sha256').update('as it was').digest() });
      const accepted = await ledger.accept(first);
      const again = { ...first, requestHash: createHash('sha256').update('as it is').digest() };
      expect((await ledger.accept(again)).kind).toBe('key-reused');
      const earlierHashes = () => [again.requestHash, first.requestHash];
      expect(await ledger.accept({ ...again, earlierHashes })).toMatchObject({
        kind: 'replayed',
        order: { id: accepted.kind === 'accepted' ? accepted.order.id : '' },
      });
      expect((await ledger.accept({ ...again, earlierHashes: () => [again.requestHash] })).kind).toBe('key-reused');
    });

    it('makes one order of two hundred posts with one key at the same instant, also between processes', async () => {
      const other = new Ledger(database.pool, LEASE_MS);
      const order = newOrder();
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? ledger : other).accept(order)),
      );
      const ids = outcomes.map((outcome) => (outcome.kind === 'key-reused' ? 'key-reused' : outcome.order.id));
      expect(new Set(ids).size).toBe(1);
      expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    });

    it('distinguishes a key used for another order from a repeated call', async () => {
      const first = newOrder();
      await ledger.accept(first);
      const again = await ledger.accept({ ...first });
      const misused = await ledger.accept({ ...first, requestHash: Buffer.from('another') });
      expect([again.kind, misused.kind]).toEqual(['replayed', 'key-reused']);
    });

    it('keeps keys of different producers apart', async () => {
      const order = newOrder();
      const kinds = await Promise.all(['shop', 'office'].map((apiKeyName) => ledger.accept({ ...order, apiKeyName })));
      expect(kinds.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
    });

    it('keeps the key order of the body', async () => {
      const body = '{"b":1,"a":{"z":"0010","y":2.50}}';
      const id = await accepted({ body });
      expect((await ledger.find(id))?.body).toBe(body);
    });

    it('does not let one order that the database refuses take others down with it', async () => {
      const orders = Array.from({ length: 9 }, (_, index) => newOrder(index === 4 ? { reference: 'nul \0' } : {}));
      const outcomes = await Promise.allSettled(orders.map((order) => ledger.accept(order)));
      expect(outcomes.map(({ status }) => status)).toEqual(
        orders.map((_, index) => (index === 4 ? 'rejected' : 'fulfilled')),
      );
      const kept = outcomes.filter(
        (outcome): outcome is PromiseFulfilledResult<Acceptance> => outcome.status === 'fulfilled',
      );
      expect(kept.every(({ value }) => value.kind === 'accepted')).toBe(true);
    });
  });

  describe('claiming', () => {
    it('gives an order to one of many that want it', async () => {
      const job = { orderId: await accepted(), generation: 0 };
      const other = new Ledger(database.pool, LEASE_MS);
      const claims = await Promise.all(
        Array.from({ length: 40 }, (_, index) => claim(job, index % 2 ? ledger : other)),
      );
      expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
    });

    it('writes the attempt down before anything is sent', async () => {
      const { orderId } = await claimed();
      const { rows } = await database.pool.query('select number, ended_at from order_attempts where order_id = $1', [
        orderId,
      ]);
      expect(rows).toEqual([{ number: 1, ended_at: null }]);
    });

    it('repeats a claim only under its id, because the answer may have been lost', async () => {
      const request = { orderId: await accepted(), generation: 0, claimId: randomUUID(), isProbe: false };
      const first = await ledger.claim(request);
      expect(await claim(request)).toEqual({ kind: 'nothing' });
      expect(await ledger.claim(request)).toEqual(first);
      expect(first).toMatchObject({ kind: 'claimed', claim: { attempt: 1 } });
      expect(await historyOf(request.orderId)).toEqual(['accepted: accepted', 'sending: claimed']);
    });

    it('gives no claim under an id whose order was settled or became unknown meanwhile', async () => {
      const request = { orderId: await accepted(), generation: 0, claimId: randomUUID(), isProbe: false };
      await ledger.claim(request);
      await expireLease(request.orderId);
      await expireLeases(database.pool);
      expect(await ledger.claim(request)).toEqual({ kind: 'nothing' });
    });

    it('gives nothing for an earlier generation, or an order that is not waiting', async () => {
      const held = await claimed();
      expect(await claim({ orderId: held.orderId, generation: 0 })).toEqual({ kind: 'nothing' });
      const orderId = await accepted();
      expect(await claim({ orderId, generation: 1 })).toEqual({ kind: 'nothing' });
      expect(await claim({ orderId: randomUUID(), generation: 0 })).toEqual({ kind: 'nothing' });
    });
  });

  describe('settling', () => {
    it('records what was answered, digit for digit', async () => {
      const held = await claimed();
      await ledger.settle(settlement(held));
      expect(await ledger.find(held.orderId)).toMatchObject({
        status: 'confirmed',
        troikaOrderId: '1',
        totalAmount: '1.50',
      });
      expect(await historyOf(held.orderId)).toEqual([
        'accepted: accepted',
        'sending: claimed',
        'confirmed: answered-0',
      ]);
    });

    it('keeps the uuid that an answer carries', async () => {
      const held = await claimed();
      const { verdict } = settlement(held);
      await ledger.settle(settlement(held, { verdict: { ...verdict, troikaUuid: 'u-1' } }));
      const { rows } = await database.pool.query('select troika_uuid from orders where id = $1', [held.orderId]);
      expect(rows).toEqual([{ troika_uuid: 'u-1' }]);
    });

    it('takes every answer, also one with characters or a code that a column would refuse', async () => {
      const claim = await claimed();
      const verdict = {
        ...OUTCOME_TABLE['answered-other'],
        resultCode: -9_007_199_254_740_991,
        resultMessage: 'Отказ \0 \ud800 😀',
        troikaOrderId: '1\0',
      };
      expect(await ledger.settle(settlement(claim, { verdict }))).toBeDefined();
      expect(await ledger.find(claim.orderId)).toMatchObject({
        status: 'rejected',
        resultCode: -9_007_199_254_740_991,
        resultMessage: 'Отказ \uFFFD \uFFFD 😀',
        troikaOrderId: '1\uFFFD',
      });
    });

    it('gives an order that is to be retried a new generation, which alone can be claimed', async () => {
      const held = await claimed();
      const notSent = settlement(held, { verdict: OUTCOME_TABLE['not-sent'], outcome: 'not-sent', reason: 'refused' });
      const job = await ledger.settle(notSent);
      expect(job).toEqual({ orderId: held.orderId, generation: 1 });
      expect(await claim({ orderId: held.orderId, generation: 0 })).toEqual({ kind: 'nothing' });
      expect(await claim({ orderId: held.orderId, generation: 1 })).toMatchObject({ claim: { attempt: 2 } });
    });

    it('keeps the answer, and counts apart the attempts that found the partner out of reach', async () => {
      const held = await claimed();
      const job = await ledger.settle(
        settlement(held, { verdict: OUTCOME_TABLE['not-sent-paused'], outcome: 'not-sent', isFree: true, answer: 'x' }),
      );
      expect(await claim(job ?? { orderId: '', generation: 0 })).toMatchObject({
        claim: { attempt: 2, freeAttempts: 1 },
      });
      const { rows } = await database.pool.query(
        'select answer from order_attempts where order_id = $1 and number = 1',
        [held.orderId],
      );
      expect(rows).toEqual([{ answer: 'x' }]);
    });

    it('takes a result code of any size', async () => {
      const held = await claimed();
      const resultCode = Number.MAX_SAFE_INTEGER;
      await ledger.settle(settlement(held, { verdict: { ...OUTCOME_TABLE['answered-other'], resultCode } }));
      expect(await ledger.find(held.orderId)).toMatchObject({ status: 'rejected', resultCode });
    });

    it('settles an attempt once', async () => {
      const held = await claimed();
      await ledger.settle(settlement(held));
      const rejected = settlement(held, { verdict: { ...OUTCOME_TABLE['answered-other'], resultCode: 5 } });
      expect(await ledger.settle(rejected)).toBeUndefined();
      expect(await statusOf(held.orderId)).toBe('confirmed');
    });
  });

  describe('a sender that does not come back', () => {
    it('leaves an order unknown, never waiting again', async () => {
      const { orderId } = await claimed();
      expect(await expireLeases(database.pool)).not.toContain(orderId);
      await expireLease(orderId);
      expect(await expireLeases(database.pool)).toContain(orderId);
      expect(await statusOf(orderId)).toBe('unknown');
      expect(await claim({ orderId, generation: 0 })).toEqual({ kind: 'nothing' });
    });

    it('may still bring the answer of its attempt, which beats not knowing', async () => {
      const held = await claimed();
      await expireLease(held.orderId);
      await expireLeases(database.pool);
      await ledger.settle(settlement(held));
      expect(await statusOf(held.orderId)).toBe('confirmed');
    });

    it('changes nothing with an outcome that is no answer', async () => {
      const held = await claimed();
      await expireLease(held.orderId);
      await expireLeases(database.pool);
      await ledger.settle(
        settlement(held, { verdict: OUTCOME_TABLE['not-sent'], outcome: 'not-sent', reason: 'refused' }),
      );
      expect(await statusOf(held.orderId)).toBe('unknown');
    });
  });

  describe('what is due', () => {
    it('is found page by page without missing or repeating any, also within one millisecond', async () => {
      const fresh = await openTestDatabase();
      try {
        const own = new Ledger(fresh.pool, LEASE_MS);
        await Promise.all(Array.from({ length: 50 }, () => own.accept(newOrder())));
        const seen: string[] = [];
        let page = await findDueOrders(fresh.pool, { graceMs: 0, after: undefined, limit: 7 });
        while (page.length > 0) {
          seen.push(...page.map(({ orderId }) => orderId));
          page = await findDueOrders(fresh.pool, { graceMs: 0, after: page.at(-1), limit: 7 });
        }
        expect(seen).toHaveLength(50);
        expect(new Set(seen).size).toBe(50);
      } finally {
        await fresh.close();
      }
    });

    it('gets a new generation once, however many ask for it', async () => {
      const job = { orderId: await accepted(), generation: 0 };
      const renewed = await Promise.all(Array.from({ length: 5 }, () => renewGenerations(database.pool, [job])));
      expect(renewed.flat()).toEqual([{ ...job, generation: 1 }]);
    });
  });
});
