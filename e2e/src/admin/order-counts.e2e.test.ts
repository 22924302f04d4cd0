import { describe, expect, it } from '@jest/globals';
import { ask, auditOf, eventsOf, read, statusOf } from '../harness/admin.js';
import { placeOrder } from '../harness/place-order.js';
import { unique } from '../harness/queues.js';
import { withGateway } from '../harness/with-gateway.js';

describe('decisions about many orders', () => {
  const { gateway, database } = withGateway({ env: { ROLES: 'orders,admin' } });

  it('send a pile again by filter, a part at a time, the oldest first', async () => {
    const reference = unique('replay');
    const failed = [3, 2, 1].map((ageDays) => placeOrder(database, 'failed', { reference, ageDays }));
    const [oldest, , newest] = await Promise.all(failed);
    const rejected = await placeOrder(database, 'rejected', { reference });
    const other = await placeOrder(database, 'failed');
    const replay = (more: object) => ask(gateway, '/orders/replay', { status: 'failed', reference, ...more });

    expect((await replay({ to: '2000-01-01T00:00:00Z' })).body).toEqual({ replayed: 0 });
    expect((await replay({ limit: 2, why: 'the partner is back' })).body).toEqual({ replayed: 2 });
    expect([await statusOf(database, oldest ?? ''), await statusOf(database, newest ?? '')]).toEqual([
      'retrying',
      'failed',
    ]);
    const [entry] = await auditOf(gateway);
    expect(entry).toMatchObject({
      who: 'ops',
      action: 'orders.replay',
      orderId: null,
      why: 'the partner is back',
      details: { count: 2, filter: { statuses: ['failed'], reference, limit: 2 } },
    });
    expect(entry?.details['orders']).toContain(oldest);
    expect((await replay({ status: ['failed', 'rejected'] })).body).toEqual({ replayed: 2 });
    expect(await statusOf(database, rejected)).toBe('retrying');
    expect(await eventsOf(database, rejected)).toEqual(['retrying: replayed']);
    expect(await statusOf(database, other)).toBe('failed');
  });

  it('purge old ones, and only those that were never executed', async () => {
    const reference = unique('purge');
    const old = { reference, ageDays: 40 };
    const kept = await Promise.all([
      ...['confirmed', 'unknown', 'accepted'].map((status) => placeOrder(database, status, old)),
      placeOrder(database, 'cancelled', { ...old, troikaOrderId: '5' }),
      placeOrder(database, 'failed', { reference, ageDays: 20 }),
    ]);
    const gone = await Promise.all(
      ['failed', 'rejected', 'cancelled'].map((status) => placeOrder(database, status, old)),
    );
    const body = { status: 'failed,rejected,cancelled', olderThanDays: 30, reference };
    expect((await ask(gateway, '/orders/purge', { ...body, limit: 2 })).body).toEqual({ purged: 2 });
    expect((await ask(gateway, '/orders/purge', body)).body).toEqual({ purged: 1 });
    expect(await Promise.all(gone.map((id) => statusOf(database, id)))).toEqual(['gone', 'gone', 'gone']);
    expect(await Promise.all(kept.map((id) => statusOf(database, id)))).not.toContain('gone');
    expect((await auditOf(gateway))[0]).toMatchObject({
      action: 'orders.purge',
      details: { count: 1, filter: { olderThanDays: 30 } },
    });
  });

  it('are shown beside the counts by status, each with its count and its age', async () => {
    interface OrderCounts {
      readonly counts: { status: string; count: number; oldestAt: string | null; oldestAgeSecs: number | null }[];
    }
    const unknownCount = async () =>
      (await read<OrderCounts>(gateway, '/order-counts')).body.counts.find(({ status }) => status === 'unknown')
        ?.count ?? 0;
    const before = await unknownCount();
    await placeOrder(database, 'unknown', { ageDays: 2 });
    const { counts } = (await read<OrderCounts>(gateway, '/order-counts')).body;
    expect(counts.map(({ status }) => status)).toEqual([
      'unknown',
      'failed',
      'rejected',
      'accepted',
      'sending',
      'retrying',
    ]);
    expect(counts[0]?.count).toBe(before + 1);
    expect(counts[0]?.oldestAgeSecs).toBeGreaterThanOrEqual(2 * 86_400);
    expect(counts[0]?.oldestAt).toEqual(expect.any(String));
  });

  it('answers the same under its former name `piles`, for clients of the last release', async () => {
    const { counts, ...rest } = (await read<Record<string, unknown>>(gateway, '/order-counts')).body;
    const former = (await read<Record<string, unknown>>(gateway, '/piles')).body;
    expect(Object.keys(former)).toEqual(['piles', ...Object.keys(rest)]);
    expect(former['piles']).toHaveLength((counts as unknown[]).length);
  });
});
