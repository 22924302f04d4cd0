import { beforeEach, describe, expect, it } from '@jest/globals';
import { eventsOf } from '../harness/admin.js';
import { postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { call, type Answer, type ProblemView } from '../harness/calls.js';
import { faultyCalls, setFaults, setRefunds, setTicket } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

const TIMEOUT_MS = 1_000;

interface CancelAnswer extends OrderView, ProblemView {
  /** In a problem: the present order. */
  readonly order: OrderView;
}

describe('cancelling a confirmed order', () => {
  const { gateway, other, database, sandbox, start } = withGateway({
    sandbox: { slowMs: 300 },
    env: { ROLES: 'orders,worker', TROIKA_TIMEOUT_MS: String(TIMEOUT_MS), TROIKA_LEASE_MARGIN_MS: '100' },
    other: { ROLES: 'orders' },
  });
  beforeEach(() => fetch(`${sandbox.url}/_control`, { method: 'DELETE' }));

  async function confirmed(): Promise<OrderView> {
    const { id } = (await (await postOrder(gateway)).json()) as OrderView;
    return await untilStatus(gateway, id, 'confirmed');
  }

  const cancel = (id: string, at = gateway): Promise<Answer<CancelAnswer>> =>
    call<CancelAnswer>(at, 'POST', `/orders/${id}/cancel`);

  /** The steps of an order since it was confirmed. */
  async function steps(id: string): Promise<string[]> {
    const all = await eventsOf(database, id);
    return all.slice(all.indexOf('confirmed: answered-0') + 1);
  }

  it('is done by Тройка Бизнес and read back; a repeated call answers the same and asks for nothing', async () => {
    const { id } = await confirmed();
    const first = await cancel(id);
    expect([first.status, first.body.status]).toEqual([200, 'cancelled']);
    expect(first.body.tickets).toEqual([
      { orderTariffId: expect.any(Number), cardNumber: '1234567890', tariffId: 2671, status: 'refunded' },
    ]);
    expect(await cancel(id)).toEqual(first);
    expect(await steps(id)).toEqual([
      'confirmed: cancel-requested',
      'confirmed: cancel-accepted',
      'confirmed: ticket-refunded',
      'cancelled: cancelled-there',
    ]);
  });

  it('is recorded with its actor, and producers are only notified of its effect', async () => {
    const { id } = await confirmed();
    const foreign = await call(gateway, 'POST', `/orders/${id}/cancel`, { secret: 'test-office-key' });
    expect(foreign.status).toBe(404);
    await cancel(id);
    const { body } = await call<{
      events: { cause: string; type: string | null; who: string | null; detail: string | null }[];
    }>(gateway, 'GET', `/orders/${id}/events`);
    expect(body.events.slice(-4).map(({ cause, type, who, detail }) => [cause, type, who, detail])).toEqual([
      ['cancel-requested', null, 'shop', null],
      ['cancel-accepted', null, 'shop', '0: OK'],
      ['ticket-refunded', 'ticket.refunded', null, null],
      ['cancelled-there', 'order.cancelled', null, null],
    ]);
  });

  it('is asked for once, however many want it at the same instant of two processes', async () => {
    const { id, troika } = await confirmed();
    await setFaults(sandbox, 'slow', 1, ['app_cancel_order']);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => cancel(id, index % 2 ? gateway : other)),
    );
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(answers.map(() => [200, 'cancelled']));
    expect(await faultyCalls(sandbox, 'app_cancel_order')).toEqual([
      { executed: true, body: { orderId: troika.orderId } },
    ]);
  });

  it('answers a refusal with the partner’s message and the present order', async () => {
    const { id, troika } = await confirmed();
    await setTicket(sandbox, (troika.orderId ?? 0) * 1_000, 'written');
    const { status, contentType, body } = await cancel(id);
    expect([status, contentType]).toEqual([409, 'application/problem+json']);
    expect(body.detail).toContain('503: Билет');
    expect(body.order).toMatchObject({ id, status: 'confirmed', tickets: [{ status: 'written' }] });
    expect(await steps(id)).toEqual([
      'confirmed: cancel-requested',
      'confirmed: cancel-refused',
      'confirmed: ticket-written',
    ]);
  });

  it('whose refund has only begun is cancelled too', async () => {
    await setRefunds(sandbox, 'initiated');
    const { id } = await confirmed();
    const { status, body } = await cancel(id);
    expect([status, body.status, body.tickets[0]?.status]).toEqual([200, 'cancelled', 'refund-initiated']);
  });

  it('finds out by reading that it was executed although no answer arrived', async () => {
    const { id } = await confirmed();
    await setFaults(sandbox, 'execute-and-timeout', 1, ['app_cancel_order']);
    const { status, body } = await cancel(id);
    expect([status, body.status]).toEqual([200, 'cancelled']);
    expect(await steps(id)).toContain('confirmed: cancel-unanswered');
  });

  it('explains what to do when no answer arrived and nothing has changed; a repeated call sends it again', async () => {
    const { id } = await confirmed();
    await setFaults(sandbox, 'reset-before', 1, ['app_cancel_order']);
    const cut = await cancel(id);
    expect([cut.status, cut.body.order.status]).toEqual([502, 'confirmed']);
    expect(cut.body.detail).toContain('Ask again');
    await setFaults(sandbox, 'none');
    expect((await cancel(id)).body.status).toBe('cancelled');
    expect((await steps(id)).filter((step) => step === 'confirmed: cancel-requested')).toHaveLength(2);
  });

  it('is not sent again while its outcome is unknown, and never once it is seen to be executed', async () => {
    const { id } = await confirmed();
    await setFaults(sandbox, 'execute-and-timeout', 1, ['app_cancel_order', 'app_get_order']);
    for (const _ of [1, 2]) {
      const { status, body } = await cancel(id);
      expect([status === 502 || status === 504, body.order.status]).toEqual([true, 'confirmed']);
    }
    await setFaults(sandbox, 'none');
    expect((await cancel(id)).body.status).toBe('cancelled');
    expect(await faultyCalls(sandbox, 'app_cancel_order')).toHaveLength(1);
    expect((await steps(id)).filter((step) => step.endsWith('cancel-requested'))).toHaveLength(1);
  });

  it('survives the death of the process that sent it', async () => {
    const { id } = await confirmed();
    const mortal = await start({ ROLES: 'orders' });
    await setFaults(sandbox, 'execute-and-timeout', 1, ['app_cancel_order']);
    const lost = cancel(id, mortal).catch(() => 'lost');
    await until('the cancellation has left', async () => (await faultyCalls(sandbox, 'app_cancel_order'))[0]);
    await mortal.stop('SIGKILL');
    expect(await lost).toBe('lost');
    expect((await cancel(id, other)).body.status).toBe('cancelled');
    expect(await faultyCalls(sandbox, 'app_cancel_order')).toHaveLength(1);
  });

  it('assumes nothing while Тройка Бизнес cannot be reached', async () => {
    const { id } = await confirmed();
    const [cutOff, alone] = await Promise.all([
      start({ TROIKA_URL: 'http://127.0.0.1:9', ROLES: 'orders' }),
      start({ TROIKA_URL: '', ROLES: 'orders' }),
    ]);
    const away = await cancel(id, cutOff);
    expect([away.status, away.retryAfter]).toEqual([503, '5']);
    const unconnected = await cancel(id, alone);
    expect([unconnected.status, unconnected.body.detail]).toEqual([503, expect.stringContaining('TROIKA_URL')]);
    expect(await steps(id)).toEqual(['confirmed: cancel-requested', 'confirmed: cancel-not-sent']);
    expect((await cancel(id)).body.status).toBe('cancelled');
  });

  it('waits while the breaker is open', async () => {
    const { id } = await confirmed();
    await database.pool.query(`update partner_breaker set failures = 5, open_until = now() + interval '50 seconds'`);
    const { status, retryAfter } = await cancel(id);
    await database.pool.query(`update partner_breaker set failures = 0, open_until = null`);
    expect([status, Number(retryAfter) > 30]).toEqual([503, true]);
    expect(await steps(id)).toEqual([]);
  });
});
