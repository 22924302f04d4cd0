import { describe, expect, it } from '@jest/globals';
import { getOrder, postOrder, SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import { call } from '../harness/calls.js';
import { setTicket } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

interface OrderEvent {
  readonly type: string | null;
  readonly ticketId: string | null;
}

describe('a paid order', () => {
  const { gateway, database, sandbox } = withGateway({
    sandbox: true,
    env: { TROIKA_RATE_PER_SECOND: '100', TROIKA_TRACK_SCHEDULE_SECS: '0.1,0.2' },
  });

  const [line] = SEED_ORDER.orderData;
  async function paidOrder(cards: readonly string[]): Promise<OrderView> {
    const orderData = cards.map((cardNumber) => ({ ...line, cardNumber }));
    const response = await postOrder(gateway, { body: { order: { ...SEED_ORDER, orderData } } });
    const { id } = (await response.json()) as OrderView;
    await untilStatus(gateway, id, 'confirmed');
    return await untilTickets(
      id,
      cards.map(() => 'pending'),
    );
  }

  function untilTickets(id: string, statuses: readonly string[]): Promise<OrderView> {
    return until(`the tickets of ${id} are ${statuses.join(', ')}`, async () => {
      const order = await getOrder(gateway, id);
      const known = order.tickets.map(({ status }) => status);
      return JSON.stringify(known) === JSON.stringify(statuses) ? order : undefined;
    });
  }

  /** The history as producers are notified of it. */
  async function heard(id: string): Promise<string[]> {
    const { events } = (await (await call(gateway, 'GET', `/orders/${id}/events`)).body) as { events: OrderEvent[] };
    return events.flatMap(({ type, ticketId }) => (type === null ? [] : [`${type} ${ticketId ?? '-'}`]));
  }

  const trackEnded = (id: string): Promise<true> =>
    until(`${id} is not asked about any more`, async () => {
      const { rowCount } = await database.pool.query(
        `select from order_tracks where order_id = $1 and ended = 'complete'`,
        [id],
      );
      return rowCount === 1 ? true : undefined;
    });

  it('shows its tickets, and sends an event for each ticket that is written to its card', async () => {
    const { id, tickets } = await paidOrder(['0000000017', '0000000025']);
    expect(tickets.map(({ cardNumber }) => cardNumber)).toEqual(['0000000017', '0000000025']);
    const [first, second] = tickets.map(({ orderTariffId }) => orderTariffId);
    expect(await heard(id)).toEqual(['order.confirmed -']);

    await setTicket(sandbox, second!, 'written');
    await untilTickets(id, ['pending', 'written']);
    await setTicket(sandbox, first!, 'written');
    await untilTickets(id, ['written', 'written']);
    expect(await heard(id)).toEqual(['order.confirmed -', `ticket.written ${second}`, `ticket.written ${first}`]);
    await trackEnded(id);
    expect((await getOrder(gateway, id)).status).toBe('confirmed');
  });

  it('sends an event for each refund, and is cancelled when every ticket is refunded', async () => {
    const { id, tickets } = await paidOrder(['0000000033', '0000000041']);
    const [first, second] = tickets.map(({ orderTariffId }) => orderTariffId);
    await setTicket(sandbox, first!, 'payback-initiated');
    await untilTickets(id, ['refund-initiated', 'pending']);
    await setTicket(sandbox, first!, 'payback');
    expect((await untilTickets(id, ['refunded', 'pending'])).status).toBe('confirmed');
    await setTicket(sandbox, second!, 'payback');
    expect((await untilTickets(id, ['refunded', 'refunded'])).status).toBe('cancelled');
    expect(await heard(id)).toEqual([
      'order.confirmed -',
      `ticket.refund-initiated ${first}`,
      `ticket.refunded ${first}`,
      `ticket.refunded ${second}`,
      'order.cancelled -',
    ]);
    await trackEnded(id);
  });

  it('is polled as often as its metrics show', async () => {
    const response = await fetch(`${gateway.internalUrl}/admin/metrics`, {
      headers: { authorization: 'Bearer test-admin-key' },
    });
    const text = await response.text();
    expect(text).toMatch(/^vestibule_tracking_polls_total\{outcome="read"\} [1-9]/m);
    expect(text).toMatch(/^vestibule_tracks \d/m);
  });
});
