import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ask, auditOf, confirmed, eventsOf, notCreated, statusOf } from '../harness/admin.js';
import { call, type ProblemView } from '../harness/calls.js';
import { placeOrder } from '../harness/place-order.js';
import { withGateway } from '../harness/with-gateway.js';

const STATUSES = ['accepted', 'sending', 'retrying', 'confirmed', 'rejected', 'unknown', 'failed', 'cancelled'];
const resend = notCreated('resend');

describe('decisions that make no sense', () => {
  const { gateway, database } = withGateway({ env: { ROLES: 'orders,admin' } });

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
    expect([await statusOf(database, id), await eventsOf(database, id)]).toEqual([decision.status, []]);
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
    // No erasure reaches these reasons, so no one may be found in them.
    ['/erasures', { phone: '+79161234567', why: 'asked by +7 916 123-45-67' }, ['/why']],
    ['/orders/purge', { status: 'failed', olderThanDays: 1, why: 'asked by anna@example.com' }, ['/why']],
    ['/orders/replay', { status: 'failed', why: '8.916.123.45.67 again' }, ['/why']],
    ['/orders/plans', { decision: 'cancel', why: 'asked by 89161234567' }, ['/why']],
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
      for (const path of ['/piles', '/order-counts', '/audit', '/orders', `/orders/${randomUUID()}`]) {
        expect((await call(gateway, 'GET', `/admin${path}`, { secret: key })).status).toBe(401);
      }
    }
  });
});
