import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { VestibuleClient } from './client.js';
import { ApiError, ConnectionError } from './errors.js';
import { cut, json, never, problem, startGatewayStandIn, type GatewayStandIn } from './testing/gateway-stand-in.js';
import { Transport } from './transport.js';
import type { NewOrder } from './types.js';

const ORDER: NewOrder = {
  order: {
    orderData: [{ type: 'owncard', cardNumber: '0012345678', tariffId: 2671, currencyId: 'RUB' }],
    phone: '+79161234567',
  },
};
const ACCEPTED = json(202, { id: 'the-order' });
const keysOf = ({ calls }: GatewayStandIn) => calls.map(({ headers }) => headers['idempotency-key']);

describe('a call that fails for a passing reason', () => {
  let gateway: GatewayStandIn;
  beforeEach(async () => {
    gateway = await startGatewayStandIn();
  });
  afterEach(() => gateway.stop());

  it.each([
    ['the connection is cut', cut],
    ['429', problem(429)],
    ['502', problem(502)],
    ['503', problem(503)],
    ['504', problem(504)],
    [
      'the answer breaks off',
      (response: ServerResponse) => {
        response.writeHead(202, { 'content-length': 50 });
        response.write('{"id":', () => response.destroy());
      },
    ],
    [
      'a proxy answers in HTML',
      (response: ServerResponse) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<html>'),
    ],
  ])('is repeated under the same key: %s', async (_, failure) => {
    gateway.answers = [failure, failure, ACCEPTED];
    const placed = await gateway.client().createOrder(ORDER);
    expect(placed.order.id).toBe('the-order');
    expect(keysOf(gateway)).toEqual(Array(3).fill(placed.idempotencyKey));
    expect(new Set(gateway.calls.map(({ body }) => body)).size).toBe(1);
  });

  it('is repeated under a key of the caller, and another call has another key', async () => {
    gateway.answers = [cut, ACCEPTED];
    await gateway.client().createOrder(ORDER, { idempotencyKey: 'purchase-7' });
    const { idempotencyKey } = await gateway.client().createOrder(ORDER);
    expect(keysOf(gateway)).toEqual(['purchase-7', 'purchase-7', idempotencyKey]);
    expect(idempotencyKey).not.toBe('purchase-7');
  });

  it('is repeated with the same keys when it is a batch', async () => {
    gateway.answers = [cut, json(200, { outcomes: [{ status: 202 }, { status: 202 }] })];
    const outcomes = await gateway.client().createBatch([ORDER, { ...ORDER, idempotencyKey: 'mine' }]);
    const [first, second] = gateway.calls.map(
      ({ body }) => JSON.parse(body) as { orders: { idempotencyKey: string }[] },
    );
    expect(first).toEqual(second);
    expect(outcomes.map(({ idempotencyKey }) => idempotencyKey)).toEqual(
      first?.orders.map((one) => one.idempotencyKey),
    );
    expect(outcomes[1]?.idempotencyKey).toBe('mine');
  });

  it('is repeated when no answer arrives in time', async () => {
    gateway.answers = [never, ACCEPTED];
    await gateway.client({ timeoutMs: 50 }).createOrder(ORDER);
    expect(gateway.calls).toHaveLength(2);
    gateway.answers = [never, ACCEPTED];
    await gateway.client().createOrder(ORDER, { timeoutMs: 50 });
    expect(gateway.calls).toHaveLength(4);
  });

  it('fails with the last reason when it has been tried often enough', async () => {
    gateway.answers = [problem(503)];
    const given = gateway.client({ retry: { attempts: 3, firstPauseMs: 1 } }).getOrder('a');
    await expect(given).rejects.toMatchObject({ name: 'ApiError', status: 503 });
    expect(gateway.calls).toHaveLength(3);
    gateway.answers = [cut];
    await expect(gateway.client().getOrder('a')).rejects.toBeInstanceOf(ConnectionError);
  });

  it('is not repeated when it could do the same thing twice', async () => {
    gateway.answers = [problem(503)];
    const transport = new Transport({ baseUrl: gateway.url, apiKey: 'key' });
    await expect(transport.call({ method: 'POST', path: '/orders', repeatable: false })).rejects.toBeInstanceOf(
      ApiError,
    );
    expect(gateway.calls).toHaveLength(1);
    await expect(gateway.client().callbacks.test('https://shop.example.com/')).rejects.toBeInstanceOf(ApiError);
    expect(gateway.calls).toHaveLength(2);
  });

  it('is given up when the caller says so, also between two attempts', async () => {
    gateway.answers = [problem(503, { 'retry-after': '60' })];
    const abort = new AbortController();
    const given = gateway.client().createOrder(ORDER, { signal: abort.signal });
    while (gateway.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    abort.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    expect(gateway.calls).toHaveLength(1);
  });

  it.each([400, 401, 404, 409, 413, 422, 500])('is not repeated when it was answered: %d', async (status) => {
    gateway.answers = [problem(status)];
    const error: unknown = await gateway
      .client()
      .createOrder(ORDER)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect([(error as ApiError).status, (error as ApiError).problem.detail]).toEqual([status, `detail of ${status}`]);
    expect(gateway.calls).toHaveLength(1);
  });

  it.each([
    ['127.0.0.1:8081', 'secret', 'baseUrl must be an address'],
    ['', 'secret', 'baseUrl must be an address'],
    ['ftp://vestibule.internal', 'secret', 'baseUrl must be an address'],
    ['http://user:word@vestibule.internal', 'secret', 'no credentials'],
    ['http://vestibule.internal:8081', 'ключ', 'apiKey must be'],
    ['http://vestibule.internal:8081', '', 'apiKey must be'],
    ['http://vestibule.internal:8081', 'a\nb', 'apiKey must be'],
  ])('is not even tried with baseUrl %j and apiKey %j', (baseUrl, apiKey, why) => {
    expect(() => new VestibuleClient({ baseUrl, apiKey })).toThrow(why);
  });

  it('is not repeated when it can never succeed', async () => {
    const given = gateway.client().createOrder(ORDER, { idempotencyKey: 'ключ' });
    await expect(given).rejects.toMatchObject({ name: 'TypeError' });
    expect(gateway.calls).toHaveLength(0);
  });

  it('reports each fault and its place in the message of the error', async () => {
    const errors = [{ pointer: '/order/phone', detail: 'phone must be a text.' }];
    gateway.answers = [
      json(422, { type: 'about:blank', title: 'Unprocessable', status: 422, detail: 'Faults.', errors }),
    ];
    const given = gateway.client().createOrder(ORDER);
    await expect(given).rejects.toThrow('422 Unprocessable: Faults.\n  /order/phone: phone must be a text.');
  });

  it('does not send its key to an address that the gateway redirects to', async () => {
    gateway.answers = [(response) => response.writeHead(307, { location: `${gateway.url}/elsewhere` }).end()];
    await expect(gateway.client().getOrder('a')).rejects.toBeInstanceOf(ConnectionError);
    expect(new Set(gateway.calls.map(({ url }) => url))).toEqual(new Set(['/orders/a']));
  });
});
