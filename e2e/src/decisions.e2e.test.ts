import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Sandbox } from '@vestibule/sandbox';
import { postOrder, SEED_ORDER, untilStatus, type OrderView } from './harness/api.js';
import { call, notCreated, type Answer, type ProblemView } from './harness/calls.js';
import { createDatabase, type TestDatabase } from './harness/database.js';
import { startGateway, type GatewayProcess } from './harness/gateway-process.js';
import { placeOrder } from './harness/place-order.js';
import { queueChoices, unique } from './harness/queues.js';
import { executedOrders, openSandbox, setFaults } from './harness/sandbox.js';

interface AuditEntry {
  readonly id: string;
  readonly who: string;
  readonly action: string;
  readonly orderId: string | null;
  readonly why: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

const STATUSES = ['accepted', 'sending', 'retrying', 'confirmed', 'rejected', 'unknown', 'failed', 'cancelled'];
const resend = notCreated('resend');
const confirmed = (troikaOrderId: unknown, more: object = {}) => ({ decision: 'confirmed', troikaOrderId, ...more });
const secret = 'test-admin-key';

const ask = <T>(gateway: GatewayProcess, path: string, body?: unknown): Promise<Answer<T>> =>
  call<T>(gateway, 'POST', `/admin${path}`, { secret, ...(body === undefined ? {} : { body }) });
const read = async <T>(gateway: GatewayProcess, path: string): Promise<T> =>
  (await call<T>(gateway, 'GET', `/admin${path}`, { secret })).body;
const auditOf = async (gateway: GatewayProcess): Promise<AuditEntry[]> =>
  (await read<{ entries: AuditEntry[] }>(gateway, '/audit')).entries;

// Without a worker every order stays where it is put.
describe('decisions', () => {
  let database: TestDatabase;
  let sandbox: Sandbox;
  let gateway: GatewayProcess;
  beforeAll(async () => {
    [database, sandbox] = await Promise.all([createDatabase(), openSandbox()]);
    gateway = await startGateway({ DATABASE_URL: database.url, ROLES: 'orders,admin', TROIKA_URL: sandbox.url });
  });
  afterAll(async () => {
    await gateway.stop();
    await sandbox.close();
    await database.drop();
  });

  const statusOf = async (id: string): Promise<string> => {
    const { rows } = await database.pool.query<{ status: string }>('select status from orders where id = $1', [id]);
    return rows[0]?.status ?? 'gone';
  };
  const eventsOf = async (id: string): Promise<string[]> => {
    const { rows } = await database.pool.query<{ line: string }>(
      `select status || ': ' || cause as line from order_events where order_id = $1 order by id`,
      [id],
    );
    return rows.map(({ line }) => line);
  };

  /** An order that the stand-in has executed, by its id there. */
  async function executed(body: object = SEED_ORDER): Promise<number> {
    const worker = await startGateway({ DATABASE_URL: database.url, ROLES: 'orders,worker', TROIKA_URL: sandbox.url });
    try {
      const { id } = (await (await postOrder(worker, { body: { order: body } })).json()) as OrderView;
      const { troika } = await untilStatus(worker, id, 'confirmed');
      // Ours forgets it: what is left is an order of the partner that nobody here knows.
      await database.pool.query('delete from orders where id = $1', [id]);
      return troika.orderId ?? 0;
    } finally {
      await worker.stop();
    }
  }

  describe('about an unknown order', () => {
    it('confirm it with an order that the partner shows, and take the amount from there', async () => {
      const troikaOrderId = await executed();
      const id = await placeOrder(database, 'unknown');
      const { status, body } = await ask<OrderView>(gateway, `/orders/${id}/resolve`, {
        ...confirmed(troikaOrderId),
        why: 'seen in the cabinet',
      });
      expect([status, body.status]).toEqual([200, 'confirmed']);
      expect(body.troika).toMatchObject({ orderId: troikaOrderId, totalAmount: 2800 });
      expect(await eventsOf(id)).toEqual(['confirmed: resolved-as-executed']);
      expect((await auditOf(gateway))[0]).toMatchObject({
        who: 'ops',
        action: 'order.resolve',
        orderId: id,
        why: 'seen in the cabinet',
        details: { decision: 'confirmed', troikaOrderId: String(troikaOrderId), check: 'agrees' },
      });

      const other = await placeOrder(database, 'unknown');
      const taken = await ask<ProblemView>(gateway, `/orders/${other}/resolve`, confirmed(troikaOrderId));
      expect([taken.status, taken.body.detail]).toEqual([409, expect.stringContaining(id)]);
      expect(await statusOf(other)).toBe('unknown');
      const forced = { ...confirmed(troikaOrderId), force: true };
      expect((await ask(gateway, `/orders/${other}/resolve`, forced)).status).toBe(200);
    });

    it('do not confirm it with an order that the partner denies or shows otherwise, unless forced', async () => {
      const id = await placeOrder(database, 'unknown');
      const denied = await ask<ProblemView>(gateway, `/orders/${id}/resolve`, confirmed('987654321'));
      expect([denied.status, denied.contentType]).toEqual([409, 'application/problem+json']);
      expect(denied.body.detail).toContain('Заказ не найден');

      const otherCard = { ...SEED_ORDER, orderData: [{ ...SEED_ORDER.orderData[0], cardNumber: '0000000001' }] };
      const different = await ask<ProblemView>(gateway, `/orders/${id}/resolve`, confirmed(await executed(otherCard)));
      expect([different.status, different.body.detail]).toEqual([409, expect.stringContaining('other cards')]);
      expect([await statusOf(id), await eventsOf(id)]).toEqual(['unknown', []]);

      const forced = await ask<OrderView>(gateway, `/orders/${id}/resolve`, confirmed('987654321', { force: true }));
      expect([forced.status, forced.body.status]).toEqual([200, 'confirmed']);
      expect((await auditOf(gateway))[0]?.details).toMatchObject({ force: true, check: 'denies' });
    });

    it('confirm it on the word of the operator while the partner cannot be reached, and note that', async () => {
      const id = await placeOrder(database, 'unknown');
      await setFaults(sandbox, 'http-500-before');
      const { status } = await ask(gateway, `/orders/${id}/resolve`, confirmed(77));
      await setFaults(sandbox, 'none');
      expect(status).toBe(200);
      expect((await auditOf(gateway))[0]?.details).toMatchObject({ check: 'unchecked', troikaOrderId: '77' });
    });

    it('give it up', async () => {
      const id = await placeOrder(database, 'unknown');
      const { body } = await ask<OrderView>(gateway, `/orders/${id}/resolve`, notCreated('fail'));
      expect(body.status).toBe('failed');
      expect(await eventsOf(id)).toEqual(['failed: resolved-as-not-executed']);
    });

    it('are one decision, however many take it at the same instant', async () => {
      const id = await placeOrder(database, 'unknown');
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => ask(gateway, `/orders/${id}/resolve`, resend)),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
      expect((await auditOf(gateway)).filter(({ orderId }) => orderId === id)).toHaveLength(1);
      expect(await eventsOf(id)).toHaveLength(1);
    });

    it('come with their evidence', async () => {
      const id = await placeOrder(database, 'unknown');
      const shown = await read<Record<string, unknown>>(gateway, `/orders/${id}`);
      expect(shown).toMatchObject({
        order: { id, status: 'unknown' },
        attempts: [{ number: 1 }],
        events: [],
        evidence: { attempt: { number: 1, outcome: 'unknown', reason: 'timeout' }, fundBefore: null, fundAfter: null },
      });
      const list = await read<{ orders: { id: string }[] }>(gateway, '/orders?status=unknown&limit=1');
      expect(list.orders.map((order) => order.id)).toEqual([id]);
    });
  });

  describe('that make no sense', () => {
    const decisions = [
      ...STATUSES.filter((status) => status !== 'unknown').flatMap((status) =>
        [confirmed(1), resend, notCreated('fail')].map((body) => ({
          what: `resolve as ${JSON.stringify(body)}`,
          path: 'resolve',
          status,
          body,
        })),
      ),
      ...STATUSES.filter((status) => status !== 'failed' && status !== 'rejected').map((status) => ({
        what: 'replay',
        path: 'replay',
        status,
        body: {},
      })),
    ];
    it.each(decisions)('are refused and change nothing: $what on an order that is $status', async (decision) => {
      const id = await placeOrder(database, decision.status);
      const answer = await ask<ProblemView>(gateway, `/orders/${id}/${decision.path}`, decision.body);
      expect([answer.status, answer.contentType]).toEqual([409, 'application/problem+json']);
      expect(answer.body.detail).toContain(`The order is ${decision.status}`);
      expect([await statusOf(id), await eventsOf(id)]).toEqual([decision.status, []]);
      expect((await auditOf(gateway)).filter(({ orderId }) => orderId === id)).toEqual([]);
    });

    it.each([
      ['/orders/ID/resolve', {}, ['/decision']],
      ['/orders/ID/resolve', { decision: 'paid' }, ['/decision']],
      ['/orders/ID/resolve', { decision: 'confirmed' }, ['/troikaOrderId']],
      ['/orders/ID/resolve', confirmed('abc'), ['/troikaOrderId']],
      ['/orders/ID/resolve', confirmed(0), ['/troikaOrderId']],
      ['/orders/ID/resolve', confirmed(1.5), ['/troikaOrderId']],
      ['/orders/ID/resolve', confirmed('9007199254740993'), ['/troikaOrderId']],
      ['/orders/ID/resolve', { ...notCreated('resend'), ...confirmed(1, { force: 'yes' }) }, ['/then', '/force']],
      ['/orders/ID/resolve', { decision: 'not-created' }, ['/then']],
      ['/orders/ID/resolve', { ...resend, troikaOrderId: 1 }, ['/troikaOrderId']],
      ['/orders/ID/resolve', { ...resend, why: 'a\0', who: 'me' }, ['/who', '/why']],
      ['/orders/ID/replay', { why: 5 }, ['/why']],
      ['/orders/replay', {}, ['/status']],
      ['/orders/replay', { status: 'unknown' }, ['/status']],
      ['/orders/replay', { status: ['failed', 'confirmed'], limit: 0, from: 'x' }, ['/status', '/from', '/limit']],
      ['/orders/purge', { status: 'confirmed', olderThanDays: 1 }, ['/status']],
      ['/orders/purge', { status: 'unknown', olderThanDays: 1 }, ['/status']],
      ['/orders/purge', { status: 'failed' }, ['/olderThanDays']],
      ['/orders/purge', { status: 'failed', olderThanDays: 0 }, ['/olderThanDays']],
      ['/erasures', {}, ['/phone']],
      ['/erasures', { phone: '8 800' }, ['/phone']],
    ])('are refused by what they say: %s %j', async (path, body, pointers) => {
      const answer = await ask<ProblemView>(gateway, path.replace('ID', randomUUID()), body);
      expect([answer.status, answer.contentType]).toEqual([422, 'application/problem+json']);
      expect(answer.body.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    });

    it('are refused for an order that is not there, and without an admin key', async () => {
      expect((await ask(gateway, `/orders/${randomUUID()}/resolve`, resend)).status).toBe(404);
      expect((await ask(gateway, `/orders/none/resolve`, resend)).status).toBe(404);
      expect((await ask(gateway, `/orders/${randomUUID()}/replay`)).status).toBe(404);
      const posts = ['/orders/x/resolve', '/orders/x/replay', '/orders/replay', '/orders/purge', '/erasures'];
      for (const key of ['test-orders-key', 'wrong']) {
        for (const path of posts) {
          expect((await call(gateway, 'POST', `/admin${path}`, { secret: key, body: {} })).status).toBe(401);
        }
        for (const path of ['/piles', '/audit', '/orders', `/orders/${randomUUID()}`]) {
          expect((await call(gateway, 'GET', `/admin${path}`, { secret: key })).status).toBe(401);
        }
      }
    });
  });

  describe('about many orders', () => {
    it('send a pile anew by filter, a part at a time, the oldest first', async () => {
      const reference = unique('replay');
      const failed = [3, 2, 1].map((ageDays) => placeOrder(database, 'failed', { reference, ageDays }));
      const [oldest, , newest] = await Promise.all(failed);
      const rejected = await placeOrder(database, 'rejected', { reference });
      const other = await placeOrder(database, 'failed');
      const replay = (more: object) => ask(gateway, '/orders/replay', { status: 'failed', reference, ...more });

      expect((await replay({ to: '2000-01-01T00:00:00Z' })).body).toEqual({ replayed: 0 });
      expect((await replay({ limit: 2, why: 'the partner is back' })).body).toEqual({ replayed: 2 });
      expect([await statusOf(oldest ?? ''), await statusOf(newest ?? '')]).toEqual(['retrying', 'failed']);
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
      expect(await statusOf(rejected)).toBe('retrying');
      expect(await eventsOf(rejected)).toEqual(['retrying: replayed']);
      expect(await statusOf(other)).toBe('failed');
    });

    it('throw old ones away, and only those that were never executed', async () => {
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
      expect(await Promise.all(gone.map(statusOf))).toEqual(['gone', 'gone', 'gone']);
      expect(await Promise.all(kept.map(statusOf))).not.toContain('gone');
      expect((await auditOf(gateway))[0]).toMatchObject({
        action: 'orders.purge',
        details: { count: 1, filter: { olderThanDays: 30 } },
      });
    });

    it('stand beside the piles, each with its count and its age', async () => {
      interface Piles {
        readonly piles: { status: string; count: number; oldestAt: string | null; oldestAgeSecs: number | null }[];
      }
      const unknownCount = async () =>
        (await read<Piles>(gateway, '/piles')).piles.find(({ status }) => status === 'unknown')?.count ?? 0;
      const before = await unknownCount();
      await placeOrder(database, 'unknown', { ageDays: 2 });
      const { piles } = await read<Piles>(gateway, '/piles');
      expect(piles.map(({ status }) => status)).toEqual([
        'unknown',
        'failed',
        'rejected',
        'accepted',
        'sending',
        'retrying',
      ]);
      expect(piles[0]?.count).toBe(before + 1);
      expect(piles[0]?.oldestAgeSecs).toBeGreaterThanOrEqual(2 * 86_400);
      expect(piles[0]?.oldestAt).toEqual(expect.any(String));
    });
  });

  it('are all on record, page by page, the newest first', async () => {
    const ids: string[] = [];
    let cursor = '';
    for (;;) {
      const page = await read<{ entries: AuditEntry[]; nextCursor: string | null }>(gateway, `/audit?limit=3${cursor}`);
      ids.push(...page.entries.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    const { rows } = await database.pool.query<{ id: string }>('select id from audit order by id desc');
    expect(ids).toEqual(rows.map(({ id }) => id));
    for (const query of ['cursor=x', 'limit=0', 'cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk', 'who=ops']) {
      expect((await call(gateway, 'GET', `/admin/audit?${query}`, { secret })).status).toBe(422);
    }
  });
});

describe.each(queueChoices())('decisions that send, with the queue on $queue', ({ env }) => {
  let database: TestDatabase;
  let sandbox: Sandbox;
  let gateway: GatewayProcess;
  const common = () => ({
    ...env(),
    DATABASE_URL: database.url,
    TROIKA_URL: sandbox.url,
    TROIKA_RATE_PER_SECOND: '1000',
    TROIKA_RETRY_SCHEDULE_SECS: '0.1,0.1',
  });
  beforeAll(async () => {
    [database, sandbox] = await Promise.all([createDatabase(), openSandbox()]);
    gateway = await startGateway(common());
  });
  afterAll(async () => {
    await gateway.stop();
    await sandbox.close();
    await database.drop();
  });
  const post = async (): Promise<string> => ((await (await postOrder(gateway)).json()) as OrderView).id;

  it('send an unknown order again, once', async () => {
    await setFaults(sandbox, 'reset-before');
    const id = await post();
    await untilStatus(gateway, id, 'unknown');
    await setFaults(sandbox, 'none');
    expect((await ask<OrderView>(gateway, `/orders/${id}/resolve`, resend)).body.status).toBe('retrying');
    const order = await untilStatus(gateway, id, 'confirmed');
    expect(order.attempts).toBe(2);
    expect(await executedOrders(sandbox)).toHaveLength(1);
  });

  it('send rejected and failed orders anew, one or many', async () => {
    await setFaults(sandbox, 'refuse');
    const rejected = await post();
    await untilStatus(gateway, rejected, 'rejected');
    await setFaults(sandbox, 'none');
    const replayed = await ask<OrderView>(gateway, `/orders/${rejected}/replay`, { why: 'corrected there' });
    expect([replayed.status, replayed.body.status]).toEqual([200, 'retrying']);
    await untilStatus(gateway, rejected, 'confirmed');

    const failed = await Promise.all(Array.from({ length: 5 }, () => placeOrder(database, 'failed')));
    expect((await ask(gateway, '/orders/replay', { status: 'failed' })).body).toEqual({ replayed: 5 });
    for (const id of failed) await untilStatus(gateway, id, 'confirmed');
  });

  it('are left to a worker by an operators’ process that has no queue', async () => {
    await setFaults(sandbox, 'reset-before');
    const id = await post();
    await untilStatus(gateway, id, 'unknown');
    await setFaults(sandbox, 'none');
    const admin = await startGateway({ DATABASE_URL: database.url, ROLES: 'admin' });
    try {
      expect((await ask<OrderView>(admin, `/orders/${id}/resolve`, resend)).body.status).toBe('retrying');
      await untilStatus(gateway, id, 'confirmed');
      const held = await placeOrder(database, 'unknown');
      await ask(admin, `/orders/${held}/resolve`, confirmed(4711));
      expect((await auditOf(admin))[0]?.details).toMatchObject({ check: 'unchecked' });
    } finally {
      expect(await admin.stop()).toBe(0);
    }
  });
});
