import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { Metrics } from '../../metrics/metrics.js';
import { watchTracking } from './tracking-gauges.js';
import { listOperatorEvents } from '../../operator-events/operator-events.js';
import { MIGRATIONS } from '../../storage/migrations/index.js';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { anonymiseOrders } from '../ledger/anonymise-orders.js';
import { purgeOrders } from '../ledger/decisions/purge-orders.js';
import { resolveOrder } from '../ledger/decisions/resolve-order.js';
import { Ledger } from '../ledger/ledger.js';
import type { AttemptSettlement } from '../ledger/settle-attempts.js';
import { decide } from '../sending/outcome-table.js';
import { recordTickets } from '../tickets/record-tickets.js';
import { checkRefusedTracks } from './check-refused-tracks.js';
import { confirmOrders, resetOrders } from './testing/confirmed-orders.js';
import { recordPolls } from './record-polls.js';
import { reportTracks } from './tracking-reports.js';

describe('tracks', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  beforeAll(async () => {
    database = await openTestDatabase();
    ledger = new Ledger(database.pool, 60_000);
  });
  afterAll(() => database.close());
  beforeEach(() => resetOrders(database.pool));

  async function claimed(): Promise<string> {
    const accepted = await ledger.accept({
      apiKeyName: 'shop',
      idempotencyKey: randomUUID(),
      requestHash: createHash('sha256').digest(),
      reference: null,
      body: '{}',
      callbackUrl: null,
      metadata: null,
      phones: [],
    });
    if (accepted.kind !== 'accepted') throw new Error(accepted.kind);
    const orderId = accepted.order.id;
    await ledger.claim({ orderId, generation: 0, claimId: randomUUID(), isProbe: false });
    return orderId;
  }
  const SILENCE = decide(
    { kind: 'unknown', reason: 'timeout', detail: '', durationMs: 1 },
    { attemptsLeft: true, breakerOpen: false, retryableCodes: [], inDoubt: false },
  );
  const settlement = (
    orderId: string,
    verdict: AttemptSettlement['verdict'],
    outcome: AttemptSettlement['outcome'],
  ): AttemptSettlement => ({
    orderId,
    attempt: 1,
    verdict,
    outcome,
    reason: null,
    httpStatus: null,
    durationMs: 1,
    keyId: null,
    answer: null,
    isFree: false,
    dueInMs: 50_000,
  });
  const CONFIRMED = { status: 'confirmed', cause: 'answered-0', troikaOrderId: '7', totalAmount: '1' } as const;
  async function dueInSecs(orderId: string): Promise<number | undefined> {
    const { rows } = await database.pool.query<{ secs: number }>(
      'select extract(epoch from due_at - now())::float8 as secs from order_tracks where order_id = $1',
      [orderId],
    );
    return rows[0]?.secs;
  }

  beforeEach(() => database.pool.query('delete from troika_order_ids'));

  it('begin with the confirmation, and are due at the time that the confirmation gives', async () => {
    const orderId = await claimed();
    await ledger.settle(settlement(orderId, CONFIRMED, 'answered'));
    expect(await dueInSecs(orderId)).toBeGreaterThan(40);
  });

  it('begin with an answer that comes late', async () => {
    const orderId = await claimed();
    await ledger.settle(settlement(orderId, SILENCE, 'unknown'));
    expect(await dueInSecs(orderId)).toBeUndefined();
    await ledger.settle(settlement(orderId, CONFIRMED, 'answered'));
    expect(await dueInSecs(orderId)).toBeGreaterThan(40);
  });

  it('begin at once with the decision of a person', async () => {
    const orderId = await claimed();
    await ledger.settle(settlement(orderId, { ...SILENCE }, 'unknown'));
    await database.pool.query(`update orders set due_at = now() - interval '1 day'`);
    const decision = { kind: 'confirmed', troikaOrderId: '8', totalAmount: null, force: false, details: {} } as const;
    await resolveOrder(database.pool, orderId, decision, { who: 'ops', why: undefined });
    expect(await dueInSecs(orderId)).toBeLessThanOrEqual(0);
  });

  it('do not exist for orders that are not confirmed or have no partner’s id', async () => {
    const [rejected, unnamed] = [await claimed(), await claimed()];
    await ledger.settle(settlement(rejected, { status: 'rejected', cause: 'answered-other' }, 'answered'));
    await ledger.settle(settlement(unnamed, { status: 'confirmed', cause: 'answered-0' }, 'answered'));
    expect([await dueInSecs(rejected), await dueInSecs(unnamed)]).toEqual([undefined, undefined]);
  });

  it('are made for orders that were confirmed before there were any, spread over a day', async () => {
    const old = await openTestDatabase({ migrated: false });
    try {
      const at = MIGRATIONS.findIndex(({ id }) => id === '0008-tracking');
      for (const { sql } of MIGRATIONS.slice(0, at)) await old.pool.query(sql);
      await old.pool.query(
        `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status, troika_order_id, updated_at)
         select gen_random_uuid(), 'shop', n::text, '', '{}', case when n % 2 = 0 then 'confirmed' else 'rejected' end,
                nullif(n, 10)::text, now() - (n + 0.5) * interval '1 hour'
           from generate_series(1, 40) n`,
      );
      await old.pool.query(MIGRATIONS[at]!.sql);
      const { rows } = await old.pool.query(
        `select count(*)::int as tracks, bool_and(due_at between now() and now() + interval '1 day') as is_spread,
                (count(*) filter (where step > 0))::int as rare
           from order_tracks`,
      );
      expect(rows).toEqual([{ tracks: 19, is_spread: true, rare: 9 }]);
    } finally {
      await old.close();
    }
  });

  it('do not prevent erasing or purging orders', async () => {
    await confirmOrders(database.pool, 2);
    await database.pool.query(`update orders set updated_at = now() - interval '100 days'`);
    expect(await anonymiseOrders(database.pool, { kind: 'by-age', days: 1 }, 10)).toBe(2);
    const filter = { statuses: ['cancelled'], olderThanDays: 1, reference: undefined, limit: 10 } as const;
    await database.pool.query(
      `update orders set status = 'cancelled', troika_order_id = null, updated_at = now() - interval '9 days'`,
    );
    expect(await purgeOrders(database.pool, filter, { who: 'ops', why: undefined })).toBe(2);
    expect((await database.pool.query('select from order_tracks')).rowCount).toBe(0);
  });

  describe('of an order whose money goes back', () => {
    async function refund(orderId: string, status: 'refund-initiated' | 'refunded'): Promise<void> {
      const tickets = [{ orderTariffId: '70', cardNumber: null, tariffId: null, status }];
      await recordTickets(database.pool, [{ orderId, readAt: new Date(), tickets }]);
    }
    const track = async (orderId: string): Promise<object> => {
      const { rows } = await database.pool.query<object>(
        `select due_at <= now() as "isDue", step, ended, since > now() - interval '1 hour' as "isNew"
           from order_tracks where order_id = $1`,
        [orderId],
      );
      return rows[0] ?? {};
    };

    it('are due at once, from any source, however rarely the order was polled before', async () => {
      const [order] = await confirmOrders(database.pool, 1, { dueInSecs: 86_400 });
      await database.pool.query('update order_tracks set step = 9');
      await refund(order!.id, 'refund-initiated');
      expect(await track(order!.id)).toMatchObject({ isDue: true, step: 0 });
    });

    it('continue when they had ended, with a deadline of their own', async () => {
      const [order] = await confirmOrders(database.pool, 1);
      await database.pool.query(`update order_tracks set ended = 'deadline', since = now() - interval '99 days'`);
      await refund(order!.id, 'refund-initiated');
      expect(await track(order!.id)).toMatchObject({ isDue: true, ended: null, isNew: true });
    });

    it('are left to the running poll of the order', async () => {
      const [order] = await confirmOrders(database.pool, 1);
      await database.pool.query(`update order_tracks set is_leased = true, due_at = now() + interval '1 minute'`);
      await refund(order!.id, 'refund-initiated');
      expect(await track(order!.id)).toMatchObject({ isDue: false });
    });

    it('have nothing to hurry for once it is back', async () => {
      const [order] = await confirmOrders(database.pool, 1, { dueInSecs: 60 });
      await refund(order!.id, 'refunded');
      expect(await track(order!.id)).toMatchObject({ isDue: false });
    });
  });

  it('are counted for Prometheus: those that are open, those that are due, and how late', async () => {
    await confirmOrders(database.pool, 3, { dueInSecs: 100 });
    const [late, ended] = await confirmOrders(database.pool, 2);
    await database.pool.query(`update order_tracks set due_at = now() - interval '1 hour' where order_id = $1`, [
      late?.id,
    ]);
    await database.pool.query(`update order_tracks set ended = 'complete' where order_id = $1`, [ended?.id]);
    const metrics = new Metrics();
    watchTracking(metrics, database.pool);
    const { text } = await metrics.expose();
    expect(text).toMatch(/^vestibule_tracks 4$/m);
    expect(text).toMatch(/^vestibule_tracks_due 1$/m);
    expect(Number(/^vestibule_tracks_oldest_lateness_seconds ([\d.]+)$/m.exec(text)?.[1])).toBeGreaterThan(3_599);
  });

  describe('that go wrong', () => {
    const events = () =>
      listOperatorEvents(database.pool, { before: '9223372036854775807', kind: undefined, limit: 10 });

    it('are reported to operators in one event for all of them, once', async () => {
      await confirmOrders(database.pool, 30);
      await database.pool.query(`update order_tracks set ended = 'deadline'`);
      await reportTracks(database.pool);
      await reportTracks(database.pool);
      const reported = await events();
      expect(reported).toMatchObject([{ kind: 'tracking.deadline', severity: 'warning', details: { count: 30 } }]);
      expect(reported[0]?.details['orders']).toHaveLength(20);
    });

    it('are reported at most once an hour', async () => {
      await confirmOrders(database.pool, 1);
      await database.pool.query(`update order_tracks set ended = 'deadline'`);
      await reportTracks(database.pool);
      const [more] = await confirmOrders(database.pool, 1);
      await database.pool.query(`update order_tracks set ended = 'deadline' where order_id = $1`, [more?.id]);
      await reportTracks(database.pool);
      expect(await events()).toHaveLength(1);
      await database.pool.query(`update operator_events set at = now() - interval '2 hours'`);
      await reportTracks(database.pool);
      expect(await events()).toMatchObject([{ details: { count: 1, orders: [more?.id] } }, { details: { count: 1 } }]);
    });

    it('are polled after a pause as long as the partner has refused them, a day at most', async () => {
      const [fresh, old, older] = await confirmOrders(database.pool, 3);
      const refusedFor = async (order: { id: string } | undefined, interval: string): Promise<number> => {
        const set = `update order_tracks set polls = 1, refused_since = now() - $2::interval where order_id = $1`;
        await database.pool.query(set, [order?.id, interval]);
        const claim = { orderId: order?.id ?? '', troikaOrderId: '1', troikaUuid: null, polls: 1, step: 0, waitMs: 0 };
        const record = { claim, kind: 'refused', reading: undefined, pauseMs: 0 } as const;
        await recordPolls(database.pool, [record], { trackScheduleSecs: [5], trackDeadlineDays: 90 });
        return Math.round((await dueInSecs(claim.orderId)) ?? 0);
      };
      expect(await refusedFor(fresh, '1 second')).toBeLessThanOrEqual(6);
      expect(await refusedFor(old, '1 hour')).toBe(3_600);
      expect(await refusedFor(older, '9 days')).toBe(86_400);
    });

    it('are reported when the partner has refused an order for two days, and not before', async () => {
      const [long, short] = await confirmOrders(database.pool, 2);
      await database.pool.query(
        `update order_tracks set refused_since = now() - interval '3 days' where order_id = $1`,
        [long?.id],
      );
      await database.pool.query(
        `update order_tracks set refused_since = now() - interval '1 day' where order_id = $1`,
        [short?.id],
      );
      const [found] = await checkRefusedTracks(database.pool).find();
      expect(found).toMatchObject({ kind: 'tracking.refused' });
      expect(found?.message).toContain(`1 orders that it confirmed, ${long?.id} first`);
      await database.pool.query(`update order_tracks set refused_since = null`);
      expect(await checkRefusedTracks(database.pool).find()).toEqual([]);
    });
  });
});
