import { describe, expect, it } from '@jest/globals';
import { getOrder, postOrder, SEED_ORDER, type OrderView, untilStatus } from '../harness/api.js';
import { setTicket } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

const ORDERS = 12;
/** Three tickets: two are written to their cards one after the other, the third is refunded. */
const THREE_TICKETS = {
  ...SEED_ORDER,
  orderData: ['1234567890', '0000000002', '0000000003'].map((cardNumber) => ({
    ...SEED_ORDER.orderData[0],
    cardNumber,
  })),
};
const STORY = ['order.confirmed', 'ticket.written', 'ticket.written', 'ticket.refund-initiated', 'ticket.refunded'];
/** What happens to the tickets of each order at the partner, step by step: the ticket, the partner's status, ours. */
const STEPS = [
  [0, 'written', 'written'],
  [1, 'written', 'written'],
  [2, 'payback-initiated', 'refund-initiated'],
  [2, 'payback', 'refunded'],
] as const;

describe('a producer whose server fails a third of the time, and a gateway that is killed twice', () => {
  const { gateway, database, sandbox, receiver, restart } = withGateway({
    sandbox: true,
    receiver: true,
    env: {
      TROIKA_TRACK_SCHEDULE_SECS: '0.2',
      // What a killed gateway was asking about is asked again once its lease has run out.
      TROIKA_TIMEOUT_MS: '2000',
      TROIKA_LEASE_MARGIN_MS: '1000',
      CALLBACK_SCHEDULE_SECS: Array.from({ length: 40 }, () => '0.1').join(','),
      CALLBACK_TIMEOUT_MS: '5000',
    },
  });

  /** Calls get no answer; then the gateway is killed during these calls. */
  async function killWhileDelivering(work: () => Promise<unknown>): Promise<void> {
    receiver.answer = () => 0;
    const before = receiver.calls.length;
    await work();
    await until('a call is under way', async () => (receiver.calls.length > before ? true : undefined));
    await gateway.stop('SIGKILL');
    receiver.answer = (call) => (call % 3 === 0 ? 500 : 204);
    await restart();
  }

  /** A step in the lives of tickets at the partner, until the gateway has seen it. */
  async function changeTickets(
    orders: readonly OrderView[],
    [ticket, there, here]: readonly [number, string, string],
  ): Promise<void> {
    const { rows: ids } = await database.pool.query<{ id: string }>(
      'select order_tariff_id as id from order_tickets where position = $1',
      [ticket],
    );
    expect(ids).toHaveLength(orders.length);
    for (const { id } of ids) await setTicket(sandbox, id, there);
    await until(`every ticket ${ticket} is ${here}`, async () => {
      const { rows } = await database.pool.query<{ count: number }>(
        'select count(*)::int as count from order_tickets where position = $1 and status = $2',
        [ticket, here],
      );
      return rows[0]?.count === orders.length ? true : undefined;
    });
  }

  it('see every event of every order once per id, in its order', async () => {
    const orders: OrderView[] = [];
    await killWhileDelivering(async () => {
      const answers = await Promise.all(
        Array.from({ length: ORDERS }, () =>
          postOrder(gateway, { body: { order: THREE_TICKETS, callbackUrl: receiver.url } }),
        ),
      );
      for (const answer of answers) orders.push((await answer.json()) as OrderView);
      // An order that is sending when its gateway dies is unknown, which is another story.
      for (const { id } of orders) await untilStatus(gateway, id, 'confirmed');
    });
    for (const { id } of orders) {
      await until(`order ${id} has its tickets`, async () =>
        (await getOrder(gateway, id)).tickets.length === 3 ? true : undefined,
      );
    }
    await killWhileDelivering(async () => {
      for (const step of STEPS) await changeTickets(orders, step);
    });
    await until('everything is delivered', async () => {
      const { rows } = await database.pool.query<{ count: number }>(
        `select count(*)::int as count from callback_deliveries where state = 'delivered'`,
      );
      return rows[0]?.count === ORDERS * STORY.length ? true : undefined;
    });
    for (const { id } of orders) {
      const own = receiver.calls.filter(({ event }) => event.data.order.id === id);
      // A Map keeps the position of a repeated id.
      const seen = new Map(own.map((call) => [call.id, call.event]));
      expect([...seen.values()].map(({ type }) => type)).toEqual(STORY);
      expect([...seen.values()].slice(1).map(({ data }) => data.ticket?.status)).toEqual(
        STEPS.map(([, , status]) => status),
      );
      // No event was delivered before its predecessor was accepted.
      const taken = own.filter(({ status }) => status === 204).map((call) => call.id);
      expect([...new Set(taken)]).toEqual([...seen.keys()]);
      for (const [index, call] of own.entries()) {
        const place = [...seen.keys()].indexOf(call.id);
        const earlier = [...seen.keys()].slice(0, place);
        const takenBefore = new Set(
          own
            .slice(0, index)
            .filter(({ status }) => status === 204)
            .map(({ id: of }) => of),
        );
        expect(earlier.every((of) => takenBefore.has(of))).toBe(true);
      }
    }
    const answers = receiver.calls.map(({ status }) => status);
    expect(answers.filter((status) => status === 500).length).toBeGreaterThan(ORDERS);
    expect(answers.filter((status) => status === 0).length).toBeGreaterThanOrEqual(2);
  }, 180_000);
});
