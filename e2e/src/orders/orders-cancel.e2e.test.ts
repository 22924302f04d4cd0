import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { postOrder, SEED_ORDER, type OrderView } from '../harness/api.js';
import { call, type ProblemView } from '../harness/calls.js';
import { placeOrder } from '../harness/place-order.js';
import { withGateway } from '../harness/with-gateway.js';

// Without a worker every order stays where it is put.
describe('the orders API', () => {
  const { gateway, database } = withGateway({ env: { ROLES: 'orders' } });

  const post = async (body: object = {}): Promise<OrderView> =>
    (await (await postOrder(gateway, { body: { order: SEED_ORDER, ...body } })).json()) as OrderView;

  describe('cancelling before sending', () => {
    it('ends the order, and a repeated call answers the same', async () => {
      const { id } = await post();
      const first = await call<OrderView>(gateway, 'POST', `/orders/${id}/cancel`);
      const again = await call<OrderView>(gateway, 'POST', `/orders/${id}/cancel`, { body: {} });
      expect([first.status, first.body.status]).toEqual([200, 'cancelled']);
      expect(again).toEqual(first);
      const { body } = await call<{ events: { status: string; cause: string }[] }>(
        gateway,
        'GET',
        `/orders/${id}/events`,
      );
      expect(body.events.map(({ status, cause }) => [status, cause])).toEqual([
        ['accepted', 'accepted'],
        ['cancelled', 'cancelled-before-sending'],
      ]);
    });

    it('works between attempts', async () => {
      const id = await placeOrder(database, 'retrying');
      expect((await call<OrderView>(gateway, 'POST', `/orders/${id}/cancel`)).body.status).toBe('cancelled');
    });

    it.each(['sending', 'confirmed', 'rejected', 'unknown', 'failed'])(
      'is refused with the reason when the order is %s, and changes nothing',
      async (status) => {
        const id = await placeOrder(database, status);
        const answer = await call<ProblemView>(gateway, 'POST', `/orders/${id}/cancel`);
        expect([answer.status, answer.contentType]).toEqual([409, 'application/problem+json']);
        expect(answer.body.detail).toContain(`The order is ${status}`);
        expect((await call<OrderView>(gateway, 'GET', `/orders/${id}`)).body.status).toBe(status);
      },
    );

    it('refuses an unknown order, a body with fields and a wrong key', async () => {
      const path = `/orders/${randomUUID()}/cancel`;
      expect((await call(gateway, 'POST', path)).status).toBe(404);
      const { id } = (await (await postOrder(gateway)).json()) as OrderView;
      expect((await call(gateway, 'POST', `/orders/${id}/cancel`, { body: { why: 'x' } })).status).toBe(422);
      expect((await call(gateway, 'POST', path, { secret: 'wrong' })).status).toBe(401);
    });
  });

  describe('characters that PostgreSQL cannot hold', () => {
    it.each([
      ['a NUL in the reference', { reference: 'a\0' }],
      ['half a surrogate pair in the reference', { reference: 'a\ud800' }],
      ['a NUL in a name', { order: { ...SEED_ORDER, name: 'a\0' } }],
      ['a NUL in the name of a field', { 'a\0': 1 }],
    ])('are a fault of the order: %s', async (_, fields) => {
      const answer = await postOrder(gateway, { body: { order: SEED_ORDER, ...fields } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
    });
  });
});
