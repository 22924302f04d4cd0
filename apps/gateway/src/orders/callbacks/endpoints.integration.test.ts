import { describe, expect, it } from '@jest/globals';
import { anonymiseOrders } from '../ledger/anonymise-orders.js';
import { claimDeliveries } from './outbox/claim-deliveries.js';
import { assignEndpoints } from './outbox/assign-endpoints.js';
import { deleteSettledDeliveries, deleteIdleEndpoints } from './outbox/delete-old-deliveries.js';
import { listDeliveries } from './outbox/deliveries.js';
import { listEndpoints, setEndpointState } from './outbox/endpoints.js';
import { redeliver } from './outbox/redeliver.js';
import { deliveryIdOf } from './webhook-id.js';
import { until } from '../../testing/until.js';
import { untilStates } from './testing/company.js';
import { acceptOrder, changeTicket, confirmOrder } from './testing/outbox.js';
import { setUpEnvironment } from './testing/environment.js';

const ALL = { state: undefined, after: undefined, limit: 50 };

describe('addresses of producers', () => {
  const { pool, receive, deliver } = setUpEnvironment();

  async function endpoint() {
    const [found] = (await listEndpoints(pool(), 'shop', ALL)).endpoints;
    return found;
  }

  function untilEndpoint(what: string, holds: (found: NonNullable<Awaited<ReturnType<typeof endpoint>>>) => boolean) {
    return until(what, async () => {
      const found = await endpoint();
      return found !== undefined && holds(found) ? found : undefined;
    });
  }

  async function operatorEvents() {
    const { rows } = await pool().query<{ kind: string; severity: string; message: string; details: object }>(
      'select kind, severity, message, details from operator_events',
    );
    return rows;
  }

  it('is served by another process when the claiming one has died', async () => {
    const receiver = await receive();
    const id = await acceptOrder(pool(), receiver.url);
    await confirmOrder(pool(), id);
    await assignEndpoints(pool(), { limit: 10, firstDelaySecs: 0 });
    const [claim] = await claimDeliveries(pool(), { slots: 10, underWay: [], leaseMs: 300 });
    expect(claim).toMatchObject({ orderId: id, attempt: 1 });
    expect(await claimDeliveries(pool(), { slots: 10, underWay: [], leaseMs: 300 })).toEqual([]);
    deliver();
    await untilStates(pool(), 'delivered', 1);
    const { rows } = await pool().query('select number, outcome from callback_attempts order by number');
    expect(rows).toEqual([
      { number: 1, outcome: null },
      { number: 2, outcome: 'delivered' },
    ]);
  });

  it('is disabled at once by 410, keeps pending callbacks, and continues with them when it is enabled', async () => {
    let isGone = true;
    const receiver = await receive((response) => void response.writeHead(isGone ? 410 : 204).end());
    deliver();
    const id = await acceptOrder(pool(), receiver.url);
    await confirmOrder(pool(), id);
    const disabled = await untilEndpoint('it is disabled', ({ state }) => state === 'disabled');
    expect(disabled).toMatchObject({ disabledWhy: 'gone', pending: 1 });
    await changeTicket(pool(), id, '1', 'written');
    await untilEndpoint('the next event waits too', ({ pending }) => pending === 2);
    expect(receiver.received).toHaveLength(1);
    expect(await operatorEvents()).toEqual([
      {
        kind: 'callback.disabled',
        severity: 'warning',
        message: expect.stringContaining('it answered 410 Gone'),
        details: expect.objectContaining({ producer: 'shop', why: 'gone' }),
      },
    ]);
    isGone = false;
    expect(await setEndpointState(pool(), 'shop', disabled.id, 'enabled')).toMatchObject({ state: 'enabled' });
    await untilStates(pool(), 'delivered', 2);
    expect(receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      'order.confirmed',
      'order.confirmed',
      'ticket.written',
    ]);
  });

  it.each([
    [429, 'seconds', () => '900'],
    [503, 'seconds', () => '900'],
    [429, 'a date', () => new Date(Date.now() + 900_000).toUTCString()],
    [429, 'seven digits', () => '1000000'],
  ])('that answers %d with Retry-After in %s is left alone for that long, all of it', async (status, _, asked) => {
    const receiver = await receive((response) => void response.writeHead(status, { 'retry-after': asked() }).end());
    for (let index = 0; index < 3; index += 1) await confirmOrder(pool(), await acceptOrder(pool(), receiver.url));
    await assignEndpoints(pool(), { limit: 10, firstDelaySecs: 0 });
    deliver();
    await untilEndpoint('each call was asked to come later', ({ failures }) => failures === 3);
    const { rows } = await pool().query<{ paused: boolean; scheduled: boolean }>(
      `select e.not_before > now() + interval '800 seconds' as paused, d.due_at > now() + interval '800 seconds' as scheduled
         from callback_endpoints e join callback_deliveries d on d.endpoint_id = e.id and d.attempts > 0`,
    );
    expect(rows.every(({ paused, scheduled }) => paused && scheduled)).toBe(true);
    const calls = receiver.received.length;
    await confirmOrder(pool(), await acceptOrder(pool(), receiver.url));
    await untilEndpoint('a new event waits', ({ pending }) => pending === 4);
    expect(receiver.received).toHaveLength(calls);
  });

  it('is disabled when nothing has reached it for five days, with an operator event', async () => {
    const receiver = await receive((response) => void response.writeHead(500).end());
    deliver({ scheduleSecs: Array.from({ length: 20 }, () => 0.05) });
    await confirmOrder(pool(), await acceptOrder(pool(), receiver.url));
    await untilEndpoint('it has failed', ({ failures }) => failures >= 2);
    expect(await endpoint()).toMatchObject({ state: 'enabled' });
    await pool().query(`update callback_endpoints set failing_since = now() - interval '5 days 1 minute'`);
    const disabled = await untilEndpoint('it is disabled', ({ state }) => state === 'disabled');
    expect(disabled).toMatchObject({ disabledWhy: 'failing', pending: 1 });
    expect(await operatorEvents()).toEqual([
      expect.objectContaining({
        kind: 'callback.disabled',
        severity: 'warning',
        message: expect.stringContaining('nothing reached it since'),
      }),
    ]);
  });

  it('is not disabled by failures with successes among them', async () => {
    const receiver = await receive((response, _call, turn) => void response.writeHead(turn === 1 ? 500 : 204).end());
    deliver();
    await confirmOrder(pool(), await acceptOrder(pool(), receiver.url));
    await untilStates(pool(), 'delivered', 1);
    expect(await endpoint()).toMatchObject({ state: 'enabled', failures: 0, failingSince: null });
  });

  it('fails a redirect, an address that is not allowed any more and a producer without a secret, each by its name', async () => {
    const moved = await receive((response) => void response.writeHead(302, { location: 'http://10.0.0.1/' }).end());
    await confirmOrder(pool(), await acceptOrder(pool(), moved.url));
    await confirmOrder(pool(), await acceptOrder(pool(), 'https://192.168.7.7/hook'));
    await confirmOrder(pool(), await acceptOrder(pool(), 'https://shop.example.com/hook'));
    await pool().query(`update callback_deliveries set api_key_name = 'office' where url like '%shop.example%'`);
    const { lines } = deliver({ scheduleSecs: [0] });
    await untilStates(pool(), 'given-up', 3);
    const outcomes = await until('each attempt is in the log', () => (lines.length === 3 ? lines : undefined));
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(
      new Set(['forbidden-target', 'no-secret', 'redirected']),
    );
  });

  it('gets a delivery again under the id it had, and not while it is disabled', async () => {
    const receiver = await receive();
    deliver();
    await confirmOrder(pool(), await acceptOrder(pool(), receiver.url));
    await untilStates(pool(), 'delivered', 1);
    const list = () =>
      listDeliveries(pool(), 'shop', {
        filter: { orderId: undefined, state: undefined, endpointId: undefined },
        before: '9223372036854775807',
        limit: 10,
      });
    const [delivery] = (await list()).deliveries;
    const id = deliveryIdOf(delivery!.id)!;
    expect(await redeliver(pool(), 'office', id)).toBe('not-found');
    expect(await redeliver(pool(), 'shop', id)).toBe('scheduled');
    await until('it has come again', () => (receiver.received.length === 2 ? true : undefined));
    await untilStates(pool(), 'delivered', 1);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivery!.id]));
    await setEndpointState(pool(), 'shop', delivery!.endpointId!, 'disabled');
    expect(await redeliver(pool(), 'shop', id)).toBe('endpoint-disabled');
  });

  it('gets no personal data once the order is anonymised, but still the order', async () => {
    const receiver = await receive();
    const id = await acceptOrder(pool(), receiver.url, '{"name":"Иван"}');
    await confirmOrder(pool(), id);
    await changeTicket(pool(), id, '9', 'written');
    await pool().query(`update orders set erase_requested = true`);
    expect(await anonymiseOrders(pool(), { kind: 'on-request' }, 10)).toBe(1);
    deliver();
    await untilStates(pool(), 'delivered', 2);
    for (const { body } of receiver.received) {
      expect(body).not.toMatch(/Иван|1234567890/);
      expect(JSON.parse(body)).toMatchObject({ data: { order: { id, status: 'confirmed', metadata: null } } });
    }
    expect(receiver.received[1]?.body).toContain('"cardNumber":"******7890"');
    // That it was anonymised is no event of the order's.
    expect(receiver.received).toHaveLength(2);
  });

  it('deletes deliveries settled long ago, and those that waited as long at a disabled address', async () => {
    const receiver = await receive();
    deliver();
    await confirmOrder(pool(), await acceptOrder(pool(), receiver.url));
    await untilStates(pool(), 'delivered', 1);
    await setEndpointState(pool(), 'shop', (await endpoint())!.id, 'disabled');
    await confirmOrder(pool(), await acceptOrder(pool(), receiver.url));
    await untilEndpoint('one waits', ({ pending }) => pending === 1);
    expect(await deleteSettledDeliveries(pool(), 30, 100)).toBe(0);
    await pool().query(`update callback_deliveries set created_at = now() - interval '31 days'`);
    expect(await deleteSettledDeliveries(pool(), 30, 100)).toBe(2);
    const { rows } = await pool().query('select * from callback_attempts');
    expect(rows).toEqual([]);
    await pool().query(`update callback_endpoints set created_at = now() - interval '31 days'`);
    // Its producer has disabled it: that is kept.
    expect(await deleteIdleEndpoints(pool(), 30, 100)).toBe(0);
    await setEndpointState(pool(), 'shop', (await endpoint())!.id, 'enabled');
    expect(await deleteIdleEndpoints(pool(), 30, 100)).toBe(1);
    await confirmOrder(pool(), await acceptOrder(pool(), receiver.url));
    await untilStates(pool(), 'delivered', 1);
  });
});
