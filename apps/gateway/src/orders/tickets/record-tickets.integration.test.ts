import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { anonymiseOrders } from '../ledger/anonymise-orders.js';
import { findEvents } from '../ledger/order-history.js';
import type { TicketRecord, TicketStatus } from '../ticket.js';
import { runTransaction } from '../../storage/transaction.js';
import { recordTickets, type RecordedTickets } from './record-tickets.js';

describe('recording what the partner said of tickets', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  async function placed(status = 'confirmed'): Promise<string> {
    const id = randomUUID();
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status, troika_order_id, updated_at)
       values ($1::uuid, 'shop', $1::text, '', '{}', $2, '7', now() - interval '1 day')`,
      [id, status],
    );
    return id;
  }

  function tickets(...statuses: TicketStatus[]): TicketRecord[] {
    return statuses.map((status, index) => ({
      orderTariffId: `900719925474099${index}1`,
      cardNumber: `012345678${index}`,
      tariffId: '2671',
      status,
    }));
  }

  async function read(orderId: string, statuses: TicketStatus[], readAt = new Date()): Promise<RecordedTickets> {
    const [recorded] = await recordTickets(database.pool, [{ orderId, readAt, tickets: tickets(...statuses) }]);
    if (recorded === undefined) throw new Error('nothing was recorded');
    return recorded;
  }

  async function history(orderId: string): Promise<string[]> {
    const events = (await findEvents(database.pool, orderId)) ?? [];
    return events.map(({ type, cause, status, ticketId }) => `${status} ${cause} ${type} ${ticketId?.at(-2) ?? '-'}`);
  }

  async function updatedAt(orderId: string): Promise<string> {
    const { rows } = await database.pool.query<{ at: string }>(
      'select updated_at::text as at from orders where id = $1',
      [orderId],
    );
    return rows[0]?.at ?? '';
  }

  it('stores new tickets without an event, unless one is already written', async () => {
    const id = await placed();
    const recorded = await read(id, ['pending', 'written']);
    expect(recorded).toEqual({
      orderId: id,
      status: 'confirmed',
      tickets: tickets('pending', 'written'),
      changed: [tickets('pending', 'written')[1]],
      cancelled: false,
    });
    expect(await history(id)).toEqual(['confirmed ticket-written ticket.written 1']);
  });

  it('cancels no order by an answer that has lines no one can read', async () => {
    const id = await placed();
    const partly = { orderId: id, readAt: new Date(), tickets: tickets('refunded'), isPartial: true };
    expect(await recordTickets(database.pool, [partly])).toMatchObject([{ status: 'confirmed', cancelled: false }]);
    expect(await read(id, ['refunded'])).toMatchObject({ status: 'cancelled', cancelled: true });
  });

  it('changes nothing when a reading is repeated', async () => {
    const id = await placed();
    await read(id, ['pending', 'written']);
    const [before, events] = [await updatedAt(id), await history(id)];
    expect(await read(id, ['pending', 'written'])).toMatchObject({ changed: [], cancelled: false });
    expect([await updatedAt(id), await history(id)]).toEqual([before, events]);
  });

  it('cancels an order behind the events of its tickets once all of them go back, and follows their money on', async () => {
    const id = await placed();
    await read(id, ['pending', 'pending', 'pending']);
    expect(await read(id, ['refund-initiated', 'pending', 'pending'])).toMatchObject({ status: 'confirmed' });
    expect(await read(id, ['refunded', 'refunded', 'refund-initiated'])).toMatchObject({
      status: 'cancelled',
      cancelled: true,
    });
    expect(await read(id, ['refunded', 'refunded', 'refunded'])).toMatchObject({
      status: 'cancelled',
      cancelled: false,
    });
    expect(await history(id)).toEqual([
      'confirmed ticket-refund-initiated ticket.refund-initiated 0',
      'confirmed ticket-refunded ticket.refunded 0',
      'confirmed ticket-refunded ticket.refunded 1',
      'confirmed ticket-refund-initiated ticket.refund-initiated 2',
      'cancelled cancelled-there order.cancelled -',
      'cancelled ticket-refunded ticket.refunded 2',
    ]);
  });

  it('does not revert a written or refunded ticket when an answer no longer mentions it', async () => {
    const id = await placed();
    await read(id, ['written', 'refund-initiated', 'refunded']);
    const after = await read(id, ['pending', 'pending', 'written']);
    expect(after.tickets.map(({ status }) => status)).toEqual(['written', 'refund-initiated', 'refunded']);
    expect(after.changed).toEqual([]);
  });

  it('keeps tickets that an answer omits, and does not cancel the order while one of them is valid', async () => {
    const id = await placed();
    await read(id, ['pending', 'pending']);
    const after = await read(id, ['refunded']);
    expect([after.status, after.tickets.map(({ status }) => status)]).toEqual(['confirmed', ['refunded', 'pending']]);
    expect(await read(id, [])).toMatchObject({ status: 'confirmed', changed: [] });
  });

  it('leaves a reading aside that was asked for before the one that changed something last', async () => {
    const id = await placed();
    const [earlier, later] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-01-01T00:00:01Z')];
    await read(id, ['written'], later);
    expect(await read(id, ['refunded'], earlier)).toMatchObject({
      status: 'confirmed',
      tickets: tickets('written'),
      changed: [],
    });
    expect(await read(id, ['refunded'], later)).toMatchObject({ status: 'cancelled' });
  });

  it('writes each event once, however many read the same orders at once', async () => {
    const ids = await Promise.all([placed(), placed(), placed()]);
    const readings = ids.map((orderId) => ({
      orderId,
      readAt: new Date(),
      tickets: tickets('refunded', 'refund-initiated'),
    }));
    const reversed = readings.toReversed();
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, index) => recordTickets(database.pool, index % 2 === 0 ? readings : reversed)),
    );
    for (const id of ids) {
      const recorded = all.map((orders) => orders.find(({ orderId }) => orderId === id));
      expect(recorded.filter((order) => order?.cancelled)).toHaveLength(1);
      expect(recorded.filter((order) => order?.changed.length === 2)).toHaveLength(1);
      expect(recorded.every((order) => order?.status === 'cancelled')).toBe(true);
      expect(await history(id)).toHaveLength(3);
    }
  });

  it('becomes part of a transaction of the caller, and is undone with it', async () => {
    const id = await placed();
    await runTransaction(
      database.pool,
      (client) => recordTickets(client, [{ orderId: id, readAt: new Date(), tickets: tickets('written') }]),
      () => false,
    );
    expect([await history(id), (await read(id, [])).tickets]).toEqual([[], []]);
  });

  it.each(['accepted', 'sending', 'unknown', 'rejected'])('stores nothing for an order that is %s', async (status) => {
    const id = await placed(status);
    const readings = [{ orderId: id, readAt: new Date(), tickets: tickets('refunded') }];
    expect(await recordTickets(database.pool, readings)).toEqual([]);
    expect(await history(id)).toEqual([]);
  });

  it('takes a ticket that an answer names twice as its first line says', async () => {
    const id = await placed();
    const [ticket] = tickets('written');
    const twice = [ticket, { ...ticket, status: 'pending' as const }] as TicketRecord[];
    const [recorded] = await recordTickets(database.pool, [{ orderId: id, readAt: new Date(), tickets: twice }]);
    expect(recorded?.tickets).toEqual(tickets('written'));
  });

  it('stores the number of a new card when it is reported, and drops none', async () => {
    const id = await placed();
    const [ticket] = tickets('pending') as [TicketRecord];
    const cardOf = async (cardNumber: string | null): Promise<string | null | undefined> =>
      (
        await recordTickets(database.pool, [{ orderId: id, readAt: new Date(), tickets: [{ ...ticket, cardNumber }] }])
      )[0]?.tickets[0]?.cardNumber;
    expect([await cardOf(null), await cardOf('0000000042'), await cardOf(null)]).toEqual([
      null,
      '0000000042',
      '0000000042',
    ]);
    expect(await history(id)).toEqual([]);
  });

  it.each([
    [
      'an order that was anonymised',
      async (id: string) => {
        await database.pool.query('update orders set erase_requested = true where id = $1', [id]);
        await anonymiseOrders(database.pool, { kind: 'on-request' }, 100);
      },
    ],
    [
      'an order that is to be',
      async (id: string) => {
        await database.pool.query('update orders set erase_requested = true where id = $1', [id]);
      },
    ],
  ])('shows at most the last digits of a card of %s', async (_, erase) => {
    const id = await placed();
    await erase(id);
    const first = await read(id, ['written']);
    expect(first.tickets[0]?.cardNumber).toBe('******6780');
    expect((await read(id, ['written'])).changed).toEqual([]);
  });
});
