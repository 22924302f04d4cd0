import { beforeAll, describe, expect, it } from '@jest/globals';
import { SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import { DescribedCalls, SCOPED_KEYS, type DescribedRequest } from '../harness/described-calls.js';
import { placeOrder } from '../harness/place-order.js';
import { unique } from '../harness/queues.js';
import { setFaults, setTicket } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

/** The other calls are seen to in `openapi-callbacks`. */
const OTHERS = ['Callbacks', 'Catalogue'];

describe('the answers of a running gateway', () => {
  const {
    gateway,
    other: withoutPartner,
    database,
    sandbox,
  } = withGateway({
    sandbox: true,
    env: { ...SCOPED_KEYS, TROIKA_TIMEOUT_MS: '2000' },
    other: { TROIKA_URL: '', ROLES: 'orders' },
  });
  let calls: DescribedCalls;
  beforeAll(async () => {
    calls = await DescribedCalls.of(gateway, (tag) => !OTHERS.includes(tag));
  });

  const post = (body: unknown, headers: Record<string, string> = { 'idempotency-key': unique('key') }) => ({
    path: '/orders',
    body,
    headers,
  });

  it('match the document when orders are placed, with and without faults', async () => {
    await calls.expect('createOrder', 202, post({ order: SEED_ORDER, reference: 'r', metadata: { a: [1] } }));
    await calls.expect('createOrder', 400, post({ order: SEED_ORDER }, {}));
    await calls.expect('createOrder', 400, { ...post(undefined), text: '{"order":' });
    await calls.expect('createOrder', 401, post({ order: SEED_ORDER }, { authorization: 'Bearer wrong' }));
    await calls.expect('createOrder', 422, post({ order: { orderData: [] }, surprise: 1 }));
    const entry = { idempotencyKey: unique('key'), order: SEED_ORDER };
    const orders = [entry, entry, { ...entry, reference: 'other' }, { order: {} }];
    await calls.expect('createBatch', 200, { path: '/orders/batch', body: { orders } });
    await calls.expect('createBatch', 422, { path: '/orders/batch', body: {} });
    const batch = { path: '/orders/batch?dryRun=true', body: { orders } };
    expect(await calls.expect('createBatch', 200, batch)).toMatchObject({
      outcomes: [{ would: 'replay' }, { would: 'replay' }, { status: 422 }, { status: 422 }],
      accepted: 0,
    });
    const rehearsed = { ...post({ order: SEED_ORDER }), path: '/orders?dryRun=true' };
    expect(await calls.expect('createOrder', 200, rehearsed)).toMatchObject({ would: 'accept', order: null });
  });

  it('are as the document says when an order names what no one sells, or nowhere to call', async () => {
    await until('the tariffs are there', async () => {
      const headers = { authorization: 'Bearer test-orders-key' };
      const { status } = await fetch(`${gateway.internalUrl}/catalog/tariffs`, { headers });
      return status === 200 ? true : undefined;
    });
    const [line] = SEED_ORDER.orderData;
    const order = { ...SEED_ORDER, orderData: [{ ...line, tariffId: 1 }] };
    const { errors } = await calls.expect<{ errors: { pointer: string }[] }>('createOrder', 422, post({ order }));
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/order/orderData/0/tariffId']);
    const nowhere = post({ order: SEED_ORDER, callbackUrl: 'http://shop.example.com/' });
    const refused = await calls.expect<{ errors: { pointer: string }[] }>('createOrder', 422, nowhere);
    expect(refused.errors.map(({ pointer }) => pointer)).toEqual(['/callbackUrl']);
  });

  it('match the document for an order in every state', async () => {
    const ids: string[] = [];
    for (const [mode, status] of [
      ['none', 'confirmed'],
      ['refuse', 'rejected'],
      ['reset-after', 'unknown'],
    ] as const) {
      await setFaults(sandbox, mode, 1, ['app_create_order']);
      const { id } = await calls.expect<OrderView>('createOrder', 202, post({ order: SEED_ORDER }));
      await untilStatus(gateway, id, status);
      ids.push(id);
    }
    await setFaults(sandbox, 'none');
    for (const status of ['accepted', 'sending', 'retrying', 'failed', 'cancelled']) {
      ids.push(await placeOrder(database, status, { reference: 'r', metadata: {}, troikaOrderId: 'not a number' }));
    }
    const named = await placeOrder(database, 'confirmed', { troikaOrderId: '77' });
    ids.push(named);
    await database.pool.query(
      `insert into order_tickets (order_id, order_tariff_id, position, card_number, tariff_id, status)
       values ($1, '50231', 1, '0012345678', '2671', 'pending'), ($1, 'x-7', 2, null, null, 'refunded')`,
      [named],
    );
    await database.pool.query(
      `insert into order_events (order_id, status, cause, ticket_id, ticket_status)
       values ($1, 'confirmed', 'tracked', '50231', 'written')`,
      [named],
    );
    for (const id of ids) {
      await calls.expect('getOrder', 200, { path: `/orders/${id}` });
      await calls.expect('listAttempts', 200, { path: `/orders/${id}/attempts` });
      await calls.expect('listEvents', 200, { path: `/orders/${id}/events` });
    }
    const { nextCursor } = await calls.expect<{ nextCursor: string }>('listOrders', 200, { path: '/orders?limit=3' });
    await calls.expect('listOrders', 200, { path: `/orders?cursor=${nextCursor}` });
    await calls.expect('listOrders', 422, { path: '/orders?limit=0' });
    const byPhone = { path: '/orders/search', body: { phone: SEED_ORDER.phone, limit: 3 } };
    expect(await calls.expect('searchOrders', 200, byPhone)).toMatchObject({ orders: [{}, {}, {}] });
    expect(await calls.expect('listOrders', 200, { path: '/orders?troikaOrderId=77' })).toMatchObject({
      orders: [{ id: named }],
    });
    const path = `/orders/${await placeOrder(database, 'failed')}/events`;
    const accept = 'text/event-stream';
    await calls.expect('listEvents', 400, { path, headers: { accept, 'last-event-id': 'x' } });
    await calls.expect('listEvents', 422, { path: `${path}?since=1`, headers: { accept } });
  });

  it('are as the document says when orders are cancelled before they are sent', async () => {
    const id = await placeOrder(database, 'retrying');
    await calls.expect('cancelOrder', 200, { path: `/orders/${id}/cancel` });
    await calls.expect('cancelOrder', 200, { path: `/orders/${id}/cancel`, body: {} });
    const sending = await placeOrder(database, 'sending');
    await calls.expect('cancelOrder', 409, { path: `/orders/${sending}/cancel` });
  });

  describe('are as the document says where Тройка Бизнес has a say', () => {
    /** A confirmed order with a known ticket, and the path of that ticket. */
    async function confirmed(): Promise<{ order: string; ticket: string; ticketId: number }> {
      const { id } = await calls.expect<OrderView>('createOrder', 202, post({ order: SEED_ORDER }));
      const { troika } = await untilStatus(gateway, id, 'confirmed');
      const ticketId = (troika.orderId ?? 0) * 1_000;
      const order = `/orders/${id}`;
      const ticket = `${order}/tickets/${ticketId}`;
      await calls.expect('getTicket', 200, { path: ticket });
      return { order, ticket, ticketId };
    }
    /** Both cancel calls, each for its own order. */
    async function cancelBoth(expected: number, more: Partial<DescribedRequest> = {}): Promise<void> {
      const [one, other] = [await confirmed(), await confirmed()];
      await calls.expect('cancelOrder', expected, { path: `${one.order}/cancel`, ...more });
      await calls.expect('cancelTicket', expected, { path: `${other.ticket}/cancel`, ...more });
    }
    const cancelWith = async (mode: string, methods: readonly string[], expected: number): Promise<void> => {
      const [one, other] = [await confirmed(), await confirmed()];
      await setFaults(sandbox, mode, 1, methods);
      await calls.expect('cancelOrder', expected, { path: `${one.order}/cancel` });
      await calls.expect('cancelTicket', expected, { path: `${other.ticket}/cancel` });
      await setFaults(sandbox, 'none');
    };
    const CANCELS = ['app_cancel_order', 'app_cancel_ticket'];

    it('and cancels', () => cancelBoth(200));
    it('and cancels, and does not show it', () => cancelWith('http-500-before', ['app_get_order'], 202));
    it('and gives no valid answer', () => cancelWith('http-500-before', CANCELS, 502));
    it('and gives none at all', () => cancelWith('timeout', CANCELS, 504));
    it('and is not there', () => cancelBoth(503, { gateway: withoutPartner }));
    it('and refuses', async () => {
      const { order, ticket, ticketId } = await confirmed();
      await setTicket(sandbox, ticketId, 'written');
      for (const [operationId, path] of [
        ['cancelTicket', ticket],
        ['cancelOrder', order],
      ] as const) {
        const answer = await calls.expect<{ order?: object }>(operationId, 409, { path: `${path}/cancel` });
        expect(answer.order).toMatchObject({ status: 'confirmed' });
      }
    });

    it('of a ticket that is asked for', async () => {
      const { ticket } = await confirmed();
      await setFaults(sandbox, 'http-500-before', 1, ['app_get_ticket']);
      expect(await calls.expect('getTicket', 200, { path: ticket })).toMatchObject({ stale: true });
      await setFaults(sandbox, 'none');
      await calls.expect('getTicket', 409, { path: `/orders/${await placeOrder(database, 'failed')}/tickets/1` });
      const path = `/orders/${await placeOrder(database, 'confirmed', { troikaOrderId: '77' })}/tickets/1`;
      await calls.expect('getTicket', 502, { path });
      await calls.expect('cancelTicket', 502, { path: `${path}/cancel` });
      await calls.expect('getTicket', 503, { path, gateway: withoutPartner });
      await setFaults(sandbox, 'http-500-before', 1, ['app_get_order']);
      await calls.expect('getTicket', 503, { path });
      await setFaults(sandbox, 'none');
    });
  });

  it('match the document when a request cannot be read, has no key, or asks for an unknown resource', async () => {
    await calls.expectRefusals(await placeOrder(database, 'failed'));
  });

  it('are as the document says when it is asked for itself, with and without an ETag', async () => {
    for (const [operationId, path] of [
      ['getOpenapi', '/openapi.json'],
      ['getDocs', '/docs'],
      ['getProblemKind', '/problems/idempotency-key-reuse'],
    ] as const) {
      await calls.expect(operationId, 200, { path, headers: { authorization: '' } });
      const etag = (await fetch(gateway.internalUrl + path)).headers.get('etag') ?? '';
      for (const [given, status] of [
        [etag, 304],
        [`W/${etag}, "x"`, 304],
        ['*', 304],
        ['"x"', 200],
      ] as const) {
        await calls.expect(operationId, status, { path, headers: { authorization: '', 'if-none-match': given } });
      }
    }
  });

  it('lead from the type of a problem to what it means and what to do, also in a browser', async () => {
    const { type } = await calls.expect<{ type: string }>('getOrder', 404, { path: `/orders/${unique('none')}` });
    expect(await calls.expect('getProblemKind', 200, { path: type })).toMatchObject({ type, status: 404 });
    const page = await calls.expect<string>('getProblemKind', 200, { path: type, headers: { accept: 'text/html' } });
    expect(page).toContain('<h1>Order not found</h1>');
    await calls.expect('getProblemKind', 404, { path: '/problems/no-such-kind' });
  });

  it('have all been seen: a good one of every call, and every refusal that one can bring about', () => {
    expect(calls.unseen()).toEqual([]);
  });
});
