import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import type { OrderStatus } from '../../order-status.js';
import type { NewOrder } from '../accept-orders.js';
import { anonymiseOrders, requestErasure } from '../anonymise-orders.js';
import { Ledger } from '../ledger.js';
import { purgeOrders } from './purge-orders.js';
import { replayOrder, replayOrders } from './replay-orders.js';
import { resolveOrder, type Resolution } from './resolve-order.js';

const ACTOR = { who: 'ops', why: undefined };
const CONFIRMED: Resolution = {
  kind: 'confirmed',
  troikaOrderId: '1',
  totalAmount: null,
  force: true,
  details: {},
};
const RESEND: Resolution = { ...CONFIRMED, kind: 'resend', troikaOrderId: null };
const everything = { reference: undefined, from: undefined, to: undefined, limit: 1_000 };

describe('decisions in the ledger', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  beforeAll(async () => {
    database = await openTestDatabase();
    ledger = new Ledger(database.pool, 60_000);
  });
  afterAll(() => database.close());

  const newOrder = (): NewOrder => ({
    apiKeyName: 'shop',
    idempotencyKey: randomUUID(),
    requestHash: createHash('sha256').update('body').digest(),
    reference: null,
    body: '{"phone":"+79260000001","orderData":[]}',
    callbackUrl: null,
    metadata: null,
    phones: ['+79260000001'],
  });
  async function accept(order = newOrder()): Promise<string> {
    const acceptance = await ledger.accept(order);
    if (acceptance.kind === 'key-reused') throw new Error(acceptance.kind);
    return acceptance.order.id;
  }
  /** Along the only ways that the ledger allows. */
  async function orderIn(...path: OrderStatus[]): Promise<string> {
    const id = await accept();
    for (const status of path) await database.pool.query('update orders set status = $2 where id = $1', [id, status]);
    return id;
  }
  const countOf = async (table: 'audit' | 'order_events', id: string): Promise<number> => {
    const { rowCount } = await database.pool.query(`select from ${table} where order_id = $1`, [id]);
    return rowCount ?? 0;
  };

  it('change an order, its history and the audit together, or nothing at all', async () => {
    const id = await orderIn('sending', 'unknown');
    const before = await countOf('order_events', id);
    await expect(
      resolveOrder(database.pool, id, { ...CONFIRMED, details: { why: '\0' } }, ACTOR),
    ).rejects.toMatchObject({ code: '22P05' });
    expect([(await ledger.find(id))?.status, await countOf('order_events', id), await countOf('audit', id)]).toEqual([
      'unknown',
      before,
      0,
    ]);
    await resolveOrder(database.pool, id, CONFIRMED, ACTOR);
    expect([(await ledger.find(id))?.status, await countOf('order_events', id), await countOf('audit', id)]).toEqual([
      'confirmed',
      before + 1,
      1,
    ]);
  });

  it('give an order a new generation and its whole retry schedule, while attempts count on', async () => {
    const unknown = await orderIn('sending', 'unknown');
    const failed = await orderIn('sending', 'failed');
    await database.pool.query('update orders set attempts = 7, generation = 6 where id = any($1)', [[unknown, failed]]);
    const resolved = await resolveOrder(database.pool, unknown, RESEND, ACTOR);
    const replayed = await replayOrder(database.pool, failed, ACTOR);
    expect([resolved?.job, replayed?.job]).toEqual([
      { orderId: unknown, generation: 7 },
      { orderId: failed, generation: 7 },
    ]);
    const { rows } = await database.pool.query(
      `select generation, attempts, free_attempts from orders where id = any($1) and due_at <= now()`,
      [[unknown, failed]],
    );
    const restarted = { generation: 7, attempts: 7, free_attempts: 7 };
    expect(rows).toEqual([restarted, restarted]);
  });

  it('are one, when a pile is sent again by many at the same instant', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => orderIn('sending', 'failed')));
    const filter = { ...everything, statuses: ['failed'] as const };
    const turns = await Promise.all(Array.from({ length: 5 }, () => replayOrders(database.pool, filter, ACTOR)));
    expect(
      turns
        .flat()
        .map(({ orderId }) => orderId)
        .sort(),
    ).toEqual(ids.sort());
    for (const { generation } of turns.flat()) expect(generation).toBe(1);
  });

  it('free the key of a purged order, also while a producer is repeating the call', async () => {
    const filter = { statuses: ['cancelled'] as const, olderThanDays: 1, reference: undefined, limit: 10 };
    const order = newOrder();
    const id = await accept(order);
    await database.pool.query(
      `update orders set status = 'cancelled', updated_at = now() - interval '2 days' where id = $1`,
      [id],
    );
    const [again, purged] = await Promise.all([ledger.accept(order), purgeOrders(database.pool, filter, ACTOR)]);
    expect([purged, ['accepted', 'replayed'].includes(again.kind)]).toEqual([1, true]);
    expect((await ledger.accept(order)).kind).toBe(again.kind === 'accepted' ? 'replayed' : 'accepted');
    const { rowCount } = await database.pool.query('select from order_events where order_id = $1', [id]);
    expect(rowCount).toBe(0);
  });

  it('do not send what is anonymised, or is about to be', async () => {
    const [gone, going] = [await orderIn('sending', 'failed'), await orderIn('sending', 'rejected')];
    await requestErasure(database.pool, { phones: ['+79260000001'], phoneHash: 'h', programme: {} }, ACTOR);
    expect(await replayOrder(database.pool, going, ACTOR)).toBeUndefined();
    while ((await anonymiseOrders(database.pool, { kind: 'on-request' }, 3)) > 0);
    expect(await replayOrder(database.pool, gone, ACTOR)).toBeUndefined();
    const filter = { ...everything, statuses: ['failed', 'rejected'] as const };
    expect(await replayOrders(database.pool, filter, ACTOR)).toEqual([]);
  });

  it('anonymise each order once, however many processes do it', async () => {
    const phone = '+79260000002';
    const order = (): NewOrder => ({ ...newOrder(), phones: [phone] });
    const ids = await Promise.all(Array.from({ length: 30 }, () => accept(order())));
    await database.pool.query(`update orders set status = 'cancelled' where id = any($1)`, [ids]);
    const asked = await requestErasure(database.pool, { phones: [phone], phoneHash: 'h', programme: {} }, ACTOR);
    expect(asked).toEqual({ orders: 30, pending: 0 });
    const counts = await Promise.all(
      Array.from({ length: 6 }, () => anonymiseOrders(database.pool, { kind: 'on-request' }, 10)),
    );
    const left = await anonymiseOrders(database.pool, { kind: 'on-request' }, 100);
    expect(counts.reduce((sum, count) => sum + count, left)).toBe(30);
  });
});
