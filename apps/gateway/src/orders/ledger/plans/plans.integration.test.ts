import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { acceptOrders } from '../accept-orders.js';
import { makePlan } from './make-plan.js';
import type { PlanDecision } from './plan-decisions.js';
import { findPlan, type PlanFilter } from './plan.js';
import { runBatch, startPlan, stopPlan } from './run-plan.js';

const ANY: PlanFilter = {
  statuses: undefined,
  reference: undefined,
  from: undefined,
  to: undefined,
  reason: undefined,
  httpStatus: undefined,
  key: undefined,
  amountFrom: undefined,
  amountTo: undefined,
};
const ACTOR = { who: 'ops', why: 'the partner says so' };
const body = (amount: number) => JSON.stringify({ orderData: [{ tariffId: 1, amount, quantity: 1 }] });

describe('a plan about many orders', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  let auditBefore: string;
  beforeEach(async () => {
    await database.pool.query('truncate orders, order_plans cascade');
    const { rows } = await database.pool.query<{ last: string }>('select coalesce(max(id), 0) as last from audit');
    auditBefore = rows[0]?.last ?? '0';
  });

  /** Orders in a state; what leads there is not of interest here. */
  async function orders(count: number, status: string, { amount = 100, key = 'shop', httpStatus = 502 } = {}) {
    const given = Array.from({ length: count }, () => ({
      apiKeyName: key,
      idempotencyKey: randomUUID(),
      requestHash: Buffer.from('hash'),
      reference: null,
      body: body(amount),
      callbackUrl: null,
      metadata: null,
      phones: [],
    }));
    await acceptOrders(database.pool, given);
    const set = async (change: string, from: string) =>
      await database.pool.query(`update orders set ${change} where status = $1 and attempts <= 1`, [from]);
    if (status === 'accepted') return;
    await set(`status = 'sending', attempts = 1`, 'accepted');
    await database.pool.query(
      `insert into order_attempts (order_id, number, outcome, reason, http_status)
       select id, 1, 'unknown', 'http-status', $1 from orders where status = 'sending'`,
      [httpStatus],
    );
    await set(`status = '${status}'`, 'sending');
  }
  const make = async (decision: PlanDecision, filter: Partial<PlanFilter> = {}) => {
    const plan = await makePlan(database.pool, { decision, filter: { ...ANY, ...filter } }, ACTOR);
    if (plan === undefined) throw new Error('no plan');
    return plan;
  };
  async function run(id: string, decision: PlanDecision): Promise<number> {
    let sent = 0;
    for (;;) {
      const jobs = await runBatch(database.pool, { id, decision, who: 'ops' });
      if (jobs === undefined) return sent;
      sent += jobs.length;
    }
  }
  const counts = async (): Promise<Record<string, number>> => {
    const { rows } = await database.pool.query<{ status: string; count: number }>(
      'select status, count(*)::int as count from orders group by status',
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  };

  it('says how many, which not and why, and the roubles, and changes nothing', async () => {
    await orders(3, 'unknown', { amount: 2800 });
    await orders(2, 'rejected');
    await orders(1, 'accepted');
    expect(await make('resend')).toMatchObject({
      state: 'planned',
      count: 3,
      roubles: '8400',
      withoutPrice: 0,
      left: [
        { why: 'it is rejected', count: 2 },
        { why: 'it is accepted', count: 1 },
      ],
    });
    expect(await counts()).toEqual({ unknown: 3, rejected: 2, accepted: 1 });
  });

  it('is about the orders of its filter: status, reason, HTTP status, time, key and amount', async () => {
    await orders(1, 'unknown', { httpStatus: 502 });
    await orders(2, 'unknown', { httpStatus: 503, amount: 500 });
    await orders(4, 'unknown', { httpStatus: 504, key: 'office' });
    const count = async (filter: Partial<PlanFilter>) => (await make('fail', filter)).count;
    expect(await count({ statuses: ['unknown'], reason: 'http-status' })).toBe(7);
    expect(await count({ reason: 'timeout' })).toBe(0);
    expect(await count({ httpStatus: 503 })).toBe(2);
    expect(await count({ key: 'office' })).toBe(4);
    expect(await count({ amountFrom: 101, amountTo: 500 })).toBe(2);
    expect(await count({ from: '2100-01-01T00:00:00Z' })).toBe(0);
  });

  it('is about the orders that a person has picked, and says how many those were', async () => {
    await orders(5, 'unknown');
    const { rows } = await database.pool.query<{ id: string }>('select id from orders order by id limit 2');
    const ids = rows.map(({ id }) => id);
    expect(await make('fail', { ids: [...ids, randomUUID()] })).toMatchObject({ count: 2, filter: { picked: 3 } });
  });

  it.each<[PlanDecision, string, string]>([
    ['resend', 'unknown', 'retrying'],
    ['fail', 'unknown', 'failed'],
    ['replay', 'rejected', 'retrying'],
    ['cancel', 'accepted', 'cancelled'],
    ['purge', 'failed', 'gone'],
  ])('"%s" moves orders that are %s: they are %s then', async (decision, before, after) => {
    await orders(3, before);
    const { id, count } = await make(decision);
    expect(await startPlan(database.pool, id, count, ACTOR)).toBe(true);
    expect(await run(id, decision)).toBe(after === 'retrying' ? 3 : 0);
    expect(await counts()).toEqual(after === 'gone' ? {} : { [after]: 3 });
    expect(await findPlan(database.pool, id)).toMatchObject({ state: 'done', decided: 3, skipped: 0 });
  });

  it('runs once, with its own count only, and the audit names every order once', async () => {
    await orders(5, 'unknown');
    const { id, count } = await make('fail');
    expect(await startPlan(database.pool, id, count + 1, ACTOR)).toBe(false);
    expect(await startPlan(database.pool, id, count, ACTOR)).toBe(true);
    expect(await startPlan(database.pool, id, count, ACTOR)).toBe(false);
    await run(id, 'fail');
    expect(await startPlan(database.pool, id, count, ACTOR)).toBe(false);
    const { rows } = await database.pool.query<{ action: string; who: string; orders: string[] }>(
      `select action, who, details -> 'orders' as orders from audit where id > $1`,
      [auditBefore],
    );
    expect(rows).toMatchObject([{ action: 'orders.plan', who: 'ops' }]);
    expect(new Set(rows[0]?.orders).size).toBe(5);
  });

  it('skips orders that another person has decided meanwhile, and stops after its batch', async () => {
    await orders(450, 'unknown');
    const { id, count } = await make('fail');
    await database.pool.query(
      `update orders set status = 'confirmed', troika_order_id = '7' where id in (select order_id from order_plan_orders order by 1 limit 1)`,
    );
    await startPlan(database.pool, id, count, ACTOR);
    await runBatch(database.pool, { id, decision: 'fail', who: 'ops' });
    expect(await stopPlan(database.pool, id)).toBe(true);
    expect(await runBatch(database.pool, { id, decision: 'fail', who: 'ops' })).toBeUndefined();
    expect(await findPlan(database.pool, id)).toMatchObject({ state: 'stopped', decided: 199, skipped: 1 });
    expect(await startPlan(database.pool, id, count, ACTOR)).toBe(true);
    await run(id, 'fail');
    expect(await findPlan(database.pool, id)).toMatchObject({ state: 'done', decided: 449, skipped: 1 });
    expect(await counts()).toEqual({ failed: 449, confirmed: 1 });
  });
});
