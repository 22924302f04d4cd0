import { writeJson } from '@vestibule/envelope';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { findOrder } from '../ledger/find-order.js';
import { orderView } from '../order-view.js';
import type { Deliverer } from './deliverer.js';
import { until } from '../../testing/until.js';
import { createSender, NEXT_SECRET, SECRET, secretBytes, untilStates } from './testing/company.js';
import { acceptOrder, changeTicket, confirmOrder } from './testing/outbox.js';
import type { Received } from '../../testing/receiver.js';
import { setUpEnvironment } from './testing/environment.js';

interface Event {
  readonly type: string;
  readonly timestamp: string;
  readonly data: { readonly order: Record<string, unknown>; readonly ticket?: Record<string, unknown> };
}

function verify({ headers, body }: Received, secret: string = SECRET): Event {
  return new Webhook(secret).verify(body, headers as Record<string, string>) as Event;
}

describe('delivering callbacks', () => {
  const { pool, receive, deliver } = setUpEnvironment();

  it('notifies the producer of the outcome of its order, signed by Standard Webhooks', async () => {
    const receiver = await receive();
    deliver();
    const id = await acceptOrder(pool(), receiver.url, '{"cart":12345678901234567890}');
    await confirmOrder(pool(), id);
    await untilStates(pool(), 'delivered', 1);
    const [call] = receiver.received;
    const event = verify(call!);
    expect(event.type).toBe('order.confirmed');
    const {
      order: _body,
      placedBy: _key,
      nextAttemptAt: _at,
      retryCause: _why,
      ...shown
    } = JSON.parse(writeJson(orderView((await findOrder(pool(), id))!))) as Record<string, unknown>;
    expect(event.data).toEqual({ order: { ...shown, metadata: { cart: Number('12345678901234567890') } } });
    // Digit for digit, and nothing of whom the order was for.
    expect(call!.body).toContain('"metadata":{"cart":12345678901234567890}');
    expect(call!.body).toContain('"totalAmount":16.10');
    expect(call!.body).not.toContain('71044826548');
    expect(call!.headers['content-type']).toBe('application/json');
  });

  it('reports a change of a ticket with the ticket as it was then', async () => {
    const receiver = await receive();
    const id = await acceptOrder(pool(), receiver.url);
    await confirmOrder(pool(), id);
    await changeTicket(pool(), id, '77', 'written');
    await changeTicket(pool(), id, '77', 'refund-initiated');
    deliver();
    await untilStates(pool(), 'delivered', 3);
    const [, written, refund] = receiver.received.map((call) => verify(call));
    expect(written).toMatchObject({
      type: 'ticket.written',
      data: {
        ticket: { orderTariffId: 77, cardNumber: '1234567890', tariffId: 2671, status: 'written' },
        order: { tickets: [{ orderTariffId: 77, status: 'written' }] },
      },
    });
    expect(refund).toMatchObject({ type: 'ticket.refund-initiated', data: { ticket: { status: 'refund-initiated' } } });
  });

  it('makes a delivery in the event’s transaction: a rolled back event has none', async () => {
    const id = await acceptOrder(pool(), 'https://shop.example.com/hook');
    const client = await pool().connect();
    await client.query('begin');
    await client.query(`insert into order_events (order_id, status, cause) values ($1, 'failed', 'given-up')`, [id]);
    await client.query('rollback');
    client.release();
    const { rows } = await pool().query('select type from callback_deliveries');
    expect(rows).toEqual([]);
  });

  it('makes none for orders without an address, and for events that producers are not notified of', async () => {
    await confirmOrder(pool(), await acceptOrder(pool(), null));
    const id = await acceptOrder(pool(), 'https://shop.example.com/hook');
    await pool().query(`insert into order_events (order_id, status, cause) values ($1, 'retrying', 'refused')`, [id]);
    const { rows } = await pool().query('select type from callback_deliveries');
    expect(rows).toEqual([]);
  });

  it('repeats under the same id with the same body, a fresh timestamp and a fresh signature', async () => {
    const receiver = await receive((response, _call, turn) => void response.writeHead(turn < 3 ? 500 : 200).end());
    deliver({ scheduleSecs: [0, 1.1, 1.1] });
    await confirmOrder(pool(), await acceptOrder(pool(), receiver.url));
    await untilStates(pool(), 'delivered', 1);
    const calls = receiver.received;
    const distinct = (pick: (call: Received) => unknown) => new Set(calls.map(pick)).size;
    expect(calls).toHaveLength(3);
    expect(distinct(({ headers }) => headers['webhook-id'])).toBe(1);
    expect(distinct(({ body }) => body)).toBe(1);
    expect(distinct(({ headers }) => headers['webhook-timestamp'])).toBe(3);
    expect(distinct(({ headers }) => headers['webhook-signature'])).toBe(3);
    for (const call of calls) verify(call);
  });

  it('keeps the order of events of one order while the receiver fails a third of the time', async () => {
    const failed: unknown[] = [];
    const receiver = await receive((response, { headers }, turn) => {
      const id = headers['webhook-id'];
      // One event in twenty runs would be the third one again and again, until its schedule ends.
      const fails = turn % 3 === 0 && failed.filter((other) => other === id).length < 3;
      if (fails) failed.push(id);
      response.writeHead(fails ? 500 : 204).end();
    });
    const ids: string[] = [];
    for (let index = 0; index < 8; index += 1) ids.push(await acceptOrder(pool(), receiver.url));
    deliver();
    await Promise.all(ids.map((id) => confirmOrder(pool(), id)));
    for (const status of ['written', 'refund-initiated', 'refunded']) {
      await Promise.all(ids.map((id) => changeTicket(pool(), id, '1', status)));
    }
    await untilStates(pool(), 'delivered', 32);
    for (const id of ids) {
      const events = receiver.received.map((call) => ({ id: call.headers['webhook-id'], event: verify(call) }));
      const seen = new Map(
        events.filter(({ event }) => event.data.order['id'] === id).map(({ id, event }) => [id, event.type]),
      );
      expect([...seen.values()]).toEqual([
        'order.confirmed',
        'ticket.written',
        'ticket.refund-initiated',
        'ticket.refunded',
      ]);
    }
  });

  it('gives an event up when the schedule ends, and then continues with the next of its order', async () => {
    const receiver = await receive((response, call) => {
      response.writeHead(call.body.startsWith('{"type":"order.') ? 500 : 200).end();
    });
    const { lines } = deliver({ scheduleSecs: [0, 0.01] });
    const id = await acceptOrder(pool(), receiver.url);
    await confirmOrder(pool(), id);
    await changeTicket(pool(), id, '5', 'written');
    await untilStates(pool(), 'given-up', 1);
    await untilStates(pool(), 'delivered', 1);
    expect(receiver.received.map((call) => verify(call).type)).toEqual([
      'order.confirmed',
      'order.confirmed',
      'ticket.written',
    ]);
    const attempts = lines.filter(({ msg }) => msg === 'callback attempt');
    expect(attempts.map(({ outcome, state }) => [outcome, state])).toEqual([
      ['refused', 'pending'],
      ['refused', 'given-up'],
      ['delivered', 'delivered'],
    ]);
    expect(new Set(attempts.map((line) => Object.keys(line).join())).size).toBe(1);
  });

  it('waits with the first attempt as long as the schedule says', async () => {
    const receiver = await receive();
    deliver({ scheduleSecs: [3_600] });
    await confirmOrder(pool(), await acceptOrder(pool(), receiver.url));
    const waiting = await until('it has its place', async () => {
      const { rows } = await pool().query<{ minutes: number }>(
        'select round(extract(epoch from due_at - at) / 60)::int as minutes from callback_deliveries where due_at is not null',
      );
      return rows[0];
    });
    expect(waiting.minutes).toBe(60);
    expect(receiver.received).toEqual([]);
  });

  it('signs with the old and the new secret while one is being changed', async () => {
    const receiver = await receive();
    const secretsOf = () => [secretBytes(NEXT_SECRET), secretBytes(SECRET)];
    deliver({}, createSender({ secretsOf }));
    await confirmOrder(pool(), await acceptOrder(pool(), receiver.url));
    await untilStates(pool(), 'delivered', 1);
    const [call] = receiver.received;
    expect(call!.headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/);
    for (const secret of [SECRET, NEXT_SECRET]) expect(verify(call!, secret).type).toBe('order.confirmed');
    const stranger = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    expect(() => verify(call!, stranger)).toThrow('No matching signature');
  });

  it('shares the work between two deliverers: each event is sent once', async () => {
    const receiver = await receive();
    for (let index = 0; index < 40; index += 1) {
      await confirmOrder(pool(), await acceptOrder(pool(), `${receiver.url}/${index % 4}`));
    }
    deliver();
    deliver();
    await untilStates(pool(), 'delivered', 40);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(40);
    expect(receiver.received).toHaveLength(40);
  });

  it('lets a dead address wait without the others: it is tried one call at a time', async () => {
    const dead = await receive(() => undefined);
    const alive = await receive();
    for (let index = 0; index < 30; index += 1) await confirmOrder(pool(), await acceptOrder(pool(), dead.url));
    const { deliverer } = deliver({ concurrency: 32 }, createSender({ timeoutMs: 400 }));
    await until('the dead address has all the calls it may have', () => (dead.received.length >= 8 ? true : undefined));
    for (let index = 0; index < 20; index += 1) await confirmOrder(pool(), await acceptOrder(pool(), alive.url));
    await untilStates(pool(), 'delivered', 20);
    expect(alive.received).toHaveLength(20);
    await deliverer.stop();
    const { rows } = await pool().query<{ failures: number; paused: boolean }>(
      "select failures, not_before > now() - interval '1 minute' as paused from callback_endpoints where url = $1",
      [dead.url],
    );
    expect(rows[0]?.failures).toBeGreaterThanOrEqual(8);
    expect(rows[0]?.paused).toBe(true);
  });

  it('finishes attempts in progress before it stops, and claims nothing new', async () => {
    let answer: (() => void) | undefined;
    const receiver = await receive((response) => {
      answer = () => void response.writeHead(204).end();
    });
    const { deliverer }: { deliverer: Deliverer } = deliver();
    await confirmOrder(pool(), await acceptOrder(pool(), receiver.url));
    await until('the call has arrived', () => answer);
    const stopping = deliverer.stop();
    await confirmOrder(pool(), await acceptOrder(pool(), receiver.url));
    answer!();
    await stopping;
    await untilStates(pool(), 'delivered', 1);
    await untilStates(pool(), 'pending', 1);
    expect(receiver.received).toHaveLength(1);
  });
});
