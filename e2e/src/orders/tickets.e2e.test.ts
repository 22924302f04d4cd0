import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { eventsOf } from '../harness/admin.js';
import { postOrder, SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import { call, type Answer, type ProblemView } from '../harness/calls.js';
import { placeOrder } from '../harness/place-order.js';
import { faultyCalls, setFaults, setRefunds, setTicket } from '../harness/sandbox.js';
import { withGateway } from '../harness/with-gateway.js';

const [LINE] = SEED_ORDER.orderData;
const TWO_TICKETS = { ...SEED_ORDER, orderData: [LINE, { ...LINE, cardNumber: '0000000042' }] };

interface TicketAnswer extends ProblemView {
  readonly status: string;
  readonly name: string | null;
  readonly stale: boolean;
  readonly readAt: string;
}

describe('the tickets of an order', () => {
  const { gateway, database, sandbox } = withGateway({
    sandbox: { slowMs: 300 },
    env: { ROLES: 'orders,worker', TROIKA_TIMEOUT_MS: '1000' },
  });
  beforeEach(() => fetch(`${sandbox.url}/_control`, { method: 'DELETE' }));

  /** A confirmed order, and the ids of its two tickets. */
  async function confirmed(): Promise<{ id: string; first: number; second: number }> {
    const { id } = (await (await postOrder(gateway, { body: { order: TWO_TICKETS } })).json()) as OrderView;
    const { troika } = await untilStatus(gateway, id, 'confirmed');
    const first = (troika.orderId ?? 0) * 1_000;
    return { id, first, second: first + 1 };
  }

  const cancel = (
    id: string,
    ticket: number | string,
  ): Promise<Answer<OrderView & ProblemView & { order: OrderView }>> =>
    call(gateway, 'POST', `/orders/${id}/tickets/${ticket}/cancel`);
  const ask = (id: string, ticket: number | string): Promise<Answer<TicketAnswer>> =>
    call(gateway, 'GET', `/orders/${id}/tickets/${ticket}`);
  const statuses = ({ status, tickets }: OrderView): string[] => [status, ...tickets.map((ticket) => ticket.status)];

  describe('cancelling one', () => {
    it('leaves the others, and the last one takes the order with it', async () => {
      const { id, first, second } = await confirmed();
      const answer = await cancel(id, second);
      expect([answer.status, ...statuses(answer.body)]).toEqual([200, 'confirmed', 'pending', 'refunded']);
      expect(await cancel(id, second)).toEqual(answer);
      expect(statuses((await cancel(id, first)).body)).toEqual(['cancelled', 'refunded', 'refunded']);
      expect((await cancel(id, first)).status).toBe(200);
      expect((await eventsOf(database, id)).slice(-4)).toEqual([
        'confirmed: cancel-requested',
        'confirmed: cancel-accepted',
        'confirmed: ticket-refunded',
        'cancelled: cancelled-there',
      ]);
    });

    it('is asked for once for each, however many want it at the same instant, and both get done', async () => {
      const { id, first, second } = await confirmed();
      await setFaults(sandbox, 'slow', 1, ['app_cancel_ticket']);
      const wanted = [first, second, first, second, first, second];
      const answers = await Promise.all(wanted.map((ticket) => cancel(id, ticket)));
      expect(answers.map(({ status }) => status)).toEqual(wanted.map(() => 200));
      const bodies = (await faultyCalls(sandbox, 'app_cancel_ticket')).map(({ body }) => JSON.stringify(body));
      expect(bodies.sort()).toEqual([first, second].map((orderTariffId) => JSON.stringify({ orderTariffId })));
    });

    it('is for Тройка Бизнес to decide when the ticket is written', async () => {
      const { id, first } = await confirmed();
      await setTicket(sandbox, first, 'written');
      const { status, body } = await cancel(id, first);
      expect([status, body.detail]).toEqual([409, expect.stringContaining('503: Билет')]);
      expect(statuses(body.order)).toEqual(['confirmed', 'written', 'pending']);
    });

    it('whose refund has already begun gets the same answer', async () => {
      await setRefunds(sandbox, 'initiated');
      const { id, first } = await confirmed();
      const answer = await cancel(id, first);
      expect(statuses(answer.body)).toEqual(['confirmed', 'refund-initiated', 'pending']);
      expect(await cancel(id, first)).toEqual(answer);
    });

    it.each(['accepted', 'sending', 'retrying', 'rejected', 'unknown', 'failed', 'cancelled'])(
      'is refused with the reason when the order is %s and has no tickets',
      async (status) => {
        const id = await placeOrder(database, status);
        // A worker may send it meanwhile; in any state it has no tickets.
        const { status: answered, body } = await cancel(id, 1);
        expect([answered, body.detail]).toEqual([409, expect.stringMatching(/^The order is /)]);
      },
    );

    it('needs a ticket of that order', async () => {
      const [{ id }, { second }] = await Promise.all([confirmed(), confirmed()]);
      for (const ticket of [second, '0', 'x', '%00', '9'.repeat(400)]) {
        expect((await cancel(id, ticket)).status).toBe(404);
        expect((await ask(id, ticket)).status).toBe(404);
      }
      expect((await cancel(randomUUID(), second)).status).toBe(404);
      expect((await ask('x', second)).status).toBe(404);
    });
  });

  describe('asking for one', () => {
    it('answers with the ticket’s present state at Тройка Бизнес, with our id of the order', async () => {
      const { id, second } = await confirmed();
      const { status, body } = await ask(id, second);
      expect(status).toBe(200);
      expect(body).toEqual({
        orderTariffId: second,
        orderId: id,
        cardNumber: '0000000042',
        tariffId: 2671,
        status: 'pending',
        name: 'Единый, 30 дней',
        description: expect.any(String),
        imageUrl: expect.stringMatching(/^https:/),
        price: 2800,
        currencyId: 'RUB',
        ticketGroup: 'tat',
        validityDays: 30,
        types: ['metro', 'tram', 'bus', 'trolleybus'],
        zone: 'a',
        readAt: expect.stringMatching(/^\d{4}-.*Z$/),
        stale: false,
      });
    });

    it('records changes', async () => {
      const { id, first } = await confirmed();
      expect((await ask(id, first)).body.status).toBe('pending');
      await setTicket(sandbox, first, 'written');
      expect((await ask(id, first)).body.status).toBe('written');
      expect((await ask(id, first)).body.status).toBe('written');
      expect((await eventsOf(database, id)).filter((step) => step.includes('ticket'))).toEqual([
        'confirmed: ticket-written',
      ]);
    });

    it('does not take money that is back for money on its way', async () => {
      const { id, first, second } = await confirmed();
      await cancel(id, first);
      expect((await ask(id, first)).body.status).toBe('refunded');
      await setTicket(sandbox, second, 'payback-initiated');
      expect((await ask(id, second)).body.status).toBe('refund-initiated');
    });

    it('answers with the known state when Тройка Бизнес does not answer, and marks it stale', async () => {
      const { id, first } = await confirmed();
      await ask(id, first);
      await setTicket(sandbox, first, 'written');
      await setFaults(sandbox, 'http-500-before', 1, ['app_get_ticket']);
      const { status, body } = await ask(id, first);
      expect([status, body]).toEqual([
        200,
        expect.objectContaining({ stale: true, cardNumber: '1234567890', tariffId: 2671, name: null, types: [] }),
      ]);
    });

    it('does not know the tickets of an order before Тройка Бизнес has reported them', async () => {
      const { rows } = await database.pool.query<{ id: string }>(
        `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status, troika_order_id)
         values ($1::uuid, 'shop', $1::text, '', '{}', 'confirmed', '77') returning id`,
        [randomUUID()],
      );
      const { status, body } = await ask(rows[0]?.id ?? '', 1);
      expect([status, body.detail]).toEqual([502, expect.stringContaining('501: Заказ не найден')]);
    });
  });
});
