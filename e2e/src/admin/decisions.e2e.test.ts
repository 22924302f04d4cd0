import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, auditOf, confirmed, eventsOf, notCreated, read, statusOf, type AuditEntry } from '../harness/admin.js';
import { postOrder, SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import type { ProblemView } from '../harness/calls.js';
import { createDatabase, type TestDatabase } from '../harness/database.js';
import { placeOrder } from '../harness/place-order.js';
import { setFaults } from '../harness/sandbox.js';
import type { GatewayProcess } from '../harness/gateway-process.js';
import { withGateway } from '../harness/with-gateway.js';

const resend = notCreated('resend');

// Without a worker every order stays where it is put.
describe('decisions about an unknown order', () => {
  const { gateway, database, sandbox, start } = withGateway({ sandbox: true, env: { ROLES: 'orders,admin' } });
  let elsewhere: TestDatabase;
  let worker: GatewayProcess;
  beforeAll(async () => {
    elsewhere = await createDatabase();
    worker = await start({ DATABASE_URL: elsewhere.url, ROLES: 'orders,worker' });
  });
  afterAll(() => elsewhere.drop());

  /** The partner's id of an order that the stand-in has executed for another ledger. */
  async function executed(body: object = SEED_ORDER): Promise<number> {
    const { id } = (await (await postOrder(worker, { body: { order: body } })).json()) as OrderView;
    const { troika } = await untilStatus(worker, id, 'confirmed');
    return troika.orderId ?? 0;
  }

  it('confirm it with an order that the partner shows, and take the amount from there', async () => {
    const troikaOrderId = await executed();
    const id = await placeOrder(database, 'unknown');
    const { status, body } = await ask<OrderView>(gateway, `/orders/${id}/resolve`, {
      ...confirmed(troikaOrderId),
      why: 'seen in the cabinet',
    });
    expect([status, body.status]).toEqual([200, 'confirmed']);
    expect(body.troika).toMatchObject({ orderId: troikaOrderId, totalAmount: 2800 });
    expect(await eventsOf(database, id)).toEqual(['confirmed: resolved-as-executed']);
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
    expect(await statusOf(database, other)).toBe('unknown');
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
    expect([await statusOf(database, id), await eventsOf(database, id)]).toEqual(['unknown', []]);

    const forced = await ask<OrderView>(gateway, `/orders/${id}/resolve`, confirmed('987654321', { force: true }));
    expect([forced.status, forced.body.status]).toEqual([200, 'confirmed']);
    expect((await auditOf(gateway))[0]?.details).toMatchObject({ force: true, check: 'denies' });
  });

  it('confirm it without a check while the partner is unreachable, and record that', async () => {
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
    expect(await eventsOf(database, id)).toEqual(['failed: resolved-as-not-executed']);
  });

  it('are one decision, however many take it at the same instant', async () => {
    const id = await placeOrder(database, 'unknown');
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(gateway, `/orders/${id}/resolve`, resend)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    expect((await auditOf(gateway)).filter(({ orderId }) => orderId === id)).toHaveLength(1);
    expect(await eventsOf(database, id)).toHaveLength(1);
  });

  it('come with their evidence', async () => {
    const id = await placeOrder(database, 'unknown');
    const shown = (await read<{ evidence: object }>(gateway, `/orders/${id}`)).body;
    expect(shown).toMatchObject({
      order: { id, status: 'unknown' },
      attempts: [{ number: 1 }],
      events: [],
      evidence: { attempt: { number: 1, outcome: 'unknown', reason: 'timeout' } },
    });
    expect(shown.evidence).toMatchObject({ fundBefore: null, fundAfter: null, fundBetween: null, verdict: null });
    expect(shown.evidence).toMatchObject({ text: { en: expect.stringContaining('proves nothing') } });
    const list = (await read<{ orders: { id: string }[] }>(gateway, '/orders?status=unknown&limit=1')).body;
    expect(list.orders.map((order) => order.id)).toEqual([id]);
  });

  it('are all on record, page by page, the newest first', async () => {
    const ids: string[] = [];
    let cursor = '';
    for (;;) {
      const page = (
        await read<{ entries: AuditEntry[]; nextCursor: string | null }>(gateway, `/audit?limit=3${cursor}`)
      ).body;
      ids.push(...page.entries.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    const { rows } = await database.pool.query<{ id: string }>('select id from audit order by id desc');
    expect(ids).toEqual(rows.map(({ id }) => id));
    for (const query of ['cursor=x', 'limit=0', 'cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk', 'by=ops']) {
      expect((await read(gateway, `/audit?${query}`)).status).toBe(422);
    }
  });
});
