import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '@vestibule/sandbox';
import { randomUUID } from 'node:crypto';
import { SEED_ORDER, untilStatus, type OrderView } from './harness/api.js';
import { createDatabase, type TestDatabase } from './harness/database.js';
import { startGateway, type GatewayProcess } from './harness/gateway-process.js';
import { ApiDocument } from './harness/openapi.js';
import { placeOrder } from './harness/place-order.js';
import { unique } from './harness/queues.js';
import { openSandbox, setFaults } from './harness/sandbox.js';

interface Request {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** As it stands, when it is no JSON. */
  readonly text?: string;
}

const KEY = 'Bearer test-orders-key';

describe('the answers of a running gateway', () => {
  let database: TestDatabase;
  let sandbox: Sandbox;
  let gateway: GatewayProcess;
  let document: ApiDocument;
  const seen = new Set<string>();

  beforeAll(async () => {
    [database, sandbox] = await Promise.all([createDatabase(), openSandbox()]);
    gateway = await startGateway({
      DATABASE_URL: database.url,
      TROIKA_URL: sandbox.url,
      TROIKA_RATE_PER_SECOND: '1000',
    });
    document = await ApiDocument.fetch(gateway.internalUrl);
  });
  afterAll(async () => {
    await gateway.stop();
    await sandbox.close();
    await database.drop();
  });

  /** Makes a call, expects its answer to be as the document says, and gives its body. */
  async function expectDescribed<T>(
    operationId: string,
    expected: number,
    { path, body, headers, text }: Request,
  ): Promise<T> {
    const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(gateway.internalUrl + path, {
      method: document.operation(operationId).verb.toUpperCase(),
      headers: {
        authorization: KEY,
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const contentType = response.headers.get('content-type') ?? '';
    const answer: unknown = contentType.includes('json') ? await response.json() : await response.text();
    expect([operationId, path, response.status]).toEqual([operationId, path, expected]);
    expect(document.faultsOf(operationId, response.status, contentType, answer)).toEqual([]);
    seen.add(`${operationId} ${expected}`);
    return answer as T;
  }
  const post = (body: unknown, headers: Record<string, string> = { 'idempotency-key': unique('key') }) => ({
    path: '/orders',
    body,
    headers,
  });

  it('are as the document says when orders are placed, well and badly', async () => {
    await expectDescribed('createOrder', 202, post({ order: SEED_ORDER, reference: 'r', metadata: { a: [1] } }));
    await expectDescribed('createOrder', 400, post({ order: SEED_ORDER }, {}));
    await expectDescribed('createOrder', 400, { ...post(undefined), text: '{"order":' });
    await expectDescribed('createOrder', 401, post({ order: SEED_ORDER }, { authorization: 'Bearer wrong' }));
    await expectDescribed('createOrder', 422, post({ order: { orderData: [] }, surprise: 1 }));
    const entry = { idempotencyKey: unique('key'), order: SEED_ORDER };
    const orders = [entry, entry, { ...entry, reference: 'other' }, { order: {} }];
    await expectDescribed('createBatch', 200, { path: '/orders/batch', body: { orders } });
    await expectDescribed('createBatch', 422, { path: '/orders/batch', body: {} });
    await expectDescribed('createBatch', 401, { path: '/orders/batch', headers: { authorization: '' }, body: {} });
  });

  it('are as the document says whatever has become of an order', async () => {
    const ids: string[] = [];
    for (const [mode, status] of [
      ['none', 'confirmed'],
      ['refuse', 'rejected'],
      ['reset-after', 'unknown'],
    ] as const) {
      await setFaults(sandbox, mode);
      const { id } = await expectDescribed<OrderView>('createOrder', 202, post({ order: SEED_ORDER }));
      await untilStatus(gateway, id, status);
      ids.push(id);
    }
    await setFaults(sandbox, 'none');
    for (const status of ['accepted', 'sending', 'retrying', 'failed', 'cancelled']) {
      ids.push(await placeOrder(database, status, { reference: 'r', metadata: {}, troikaOrderId: 'not a number' }));
    }
    await database.pool.query(
      `insert into order_tickets (order_id, order_tariff_id, position, card_number, tariff_id, status)
       values ($1, '50231', 1, '0012345678', '2671', 'pending'), ($1, 'x-7', 2, null, null, 'refunded')`,
      [ids[0]],
    );
    await database.pool.query(
      `insert into order_events (order_id, status, cause, ticket_id, ticket_status)
       values ($1, 'confirmed', 'tracked', '50231', 'written')`,
      [ids[0]],
    );
    for (const id of ids) {
      await expectDescribed('getOrder', 200, { path: `/orders/${id}` });
      await expectDescribed('listAttempts', 200, { path: `/orders/${id}/attempts` });
      await expectDescribed('listEvents', 200, { path: `/orders/${id}/events` });
    }
    const { nextCursor } = await expectDescribed<{ nextCursor: string }>('listOrders', 200, {
      path: '/orders?limit=3',
    });
    await expectDescribed('listOrders', 200, { path: `/orders?cursor=${nextCursor}` });
    await expectDescribed('listOrders', 422, { path: '/orders?limit=0' });
    await expectDescribed('listOrders', 401, { path: '/orders', headers: { authorization: '' } });
  });

  it('are as the document says when orders are cancelled', async () => {
    const id = await placeOrder(database, 'retrying');
    await expectDescribed('cancelOrder', 200, { path: `/orders/${id}/cancel` });
    await expectDescribed('cancelOrder', 200, { path: `/orders/${id}/cancel`, body: {} });
    await expectDescribed('cancelOrder', 422, { path: `/orders/${id}/cancel`, body: { why: 1 } });
    const sending = await placeOrder(database, 'sending');
    await expectDescribed('cancelOrder', 409, { path: `/orders/${sending}/cancel` });
    await expectDescribed('cancelOrder', 401, { path: `/orders/${id}/cancel`, headers: { authorization: '' } });
    await expectDescribed('cancelOrder', 404, { path: `/orders/${randomUUID()}/cancel` });
  });

  it('are as the document says when there is no such order', async () => {
    for (const [operationId, rest] of [
      ['getOrder', ''],
      ['listAttempts', '/attempts'],
      ['listEvents', '/events'],
    ] as const) {
      await expectDescribed(operationId, 404, { path: `/orders/${randomUUID()}${rest}` });
      await expectDescribed(operationId, 401, { path: `/orders/1${rest}`, headers: { authorization: '' } });
    }
    const path = `/orders/${await placeOrder(database, 'failed')}/events`;
    const accept = 'text/event-stream';
    await expectDescribed('listEvents', 400, { path, headers: { accept, 'last-event-id': 'x' } });
    await expectDescribed('listEvents', 422, { path: `${path}?since=1`, headers: { accept } });
  });

  it('are as the document says when a request cannot even be read, whichever the call', async () => {
    for (const { path, verb, operation } of document.operations) {
      const { operationId, security } = operation;
      if (security !== undefined) continue;
      const address = path.replaceAll(/\{\w+\}/g, randomUUID());
      const headers = { 'idempotency-key': unique('key') };
      await expectDescribed(operationId, 400, { path: `${address}?x=%FF`, headers });
      if (verb === 'get') continue;
      const tooLarge = JSON.stringify('x'.repeat((operationId === 'createBatch' ? 33 : 2) * 1024 * 1024));
      await expectDescribed(operationId, 413, { path: address, headers, text: tooLarge });
      const plain = { ...headers, 'content-type': 'text/plain' };
      await expectDescribed(operationId, 415, { path: address, headers: plain, text: 'order' });
    }
  });

  it('are as the document says when it is asked for itself, with and without an ETag', async () => {
    for (const path of ['/openapi.json', '/docs']) {
      const operationId = path === '/docs' ? 'getDocs' : 'getOpenapi';
      await expectDescribed(operationId, 200, { path, headers: { authorization: '' } });
      const etag = (await fetch(gateway.internalUrl + path)).headers.get('etag') ?? '';
      for (const [given, status] of [
        [etag, 304],
        [`W/${etag}, "x"`, 304],
        ['*', 304],
        ['"x"', 200],
      ] as const) {
        const headers = { 'if-none-match': given };
        const answer = await fetch(gateway.internalUrl + path, { headers });
        expect([path, given, answer.status, answer.headers.get('etag')]).toEqual([path, given, status, etag]);
        await answer.text();
      }
    }
  });

  it('have all been seen: a good one of every call, and every refusal that one can bring about', () => {
    const wanted = document.operations.flatMap(({ operation: { operationId, responses, security } }) =>
      Object.keys(responses)
        // 503 needs a database that is away, `default` a bug; the losses suites see to those.
        .filter((status) => !['503', 'default', '304'].includes(status))
        .filter((status) => security === undefined || status === '200')
        .map((status) => `${operationId} ${status}`),
    );
    expect(wanted.filter((one) => !seen.has(one))).toEqual([]);
  });
});
