import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../start-sandbox.js';
import { PartnerClient, EXAMPLE_ORDER, control, executedOrders, startTestSandbox } from '../testing/partner-client.js';

let sandbox: Sandbox;
let client: PartnerClient;

beforeAll(async () => {
  sandbox = await startTestSandbox({ fundRoubles: 10_000 });
  client = new PartnerClient(sandbox);
});

beforeEach(async () => {
  await control(sandbox, 'DELETE', '');
});

afterAll(async () => sandbox.close());

async function placeOne(): Promise<{ orderId: number; ticketId: number }> {
  await client.call('app_create_order', EXAMPLE_ORDER);
  const executed = (await executedOrders(sandbox)).at(-1);
  return { orderId: executed?.orderId ?? 0, ticketId: executed?.tickets[0]?.orderTariffId ?? 0 };
}

const ticket = async (id: number | string, body: unknown) => control(sandbox, 'POST', `/tickets/${id}`, body);

describe('GET /_control/played', () => {
  it('lists every request that met a fault, with its body and whether it was executed', async () => {
    await client.call('app_create_order', EXAMPLE_ORDER);
    await control(sandbox, 'PUT', '/faults', { mode: 'refuse' });
    await client.call('app_create_order', EXAMPLE_ORDER);
    const injected = (await (await control(sandbox, 'GET', '/played')).json()) as { rawBody: string }[];
    expect(injected).toMatchObject([{ fault: 'refuse', executed: false }]);
    expect(JSON.parse(injected[0]?.rawBody ?? '')).toMatchObject({ message: { head: { type: 'app_create_order' } } });
    await control(sandbox, 'DELETE', '');
    expect(await (await control(sandbox, 'GET', '/played')).json()).toEqual([]);
  });
});

describe('PUT /_control/faults', () => {
  it('takes a mode and fills in the rest', async () => {
    const response = await control(sandbox, 'PUT', '/faults', { mode: 'slow' });
    expect([response.status, await response.json()]).toEqual([200, { mode: 'slow', rate: 1, seed: 1 }]);
    expect(await (await control(sandbox, 'GET', '/faults')).json()).toEqual({ mode: 'slow', rate: 1, seed: 1 });
  });

  it('applies faults to the named methods only', async () => {
    await control(sandbox, 'PUT', '/faults', { mode: 'refuse', methods: ['app_get_region'] });
    expect(await client.call('app_get_region')).toMatchObject({ resultCode: 901 });
    expect(await client.call('app_get_tariff')).toMatchObject({ resultCode: 0 });
  });

  it.each<[string, unknown, string[]]>([
    ['an unknown mode', { mode: 'sometimes' }, ['/mode']],
    ['a name that every object has', { mode: 'constructor' }, ['/mode']],
    ['no mode', {}, ['/mode']],
    ['no object', [], ['']],
    ['unknown methods', { mode: 'slow', methods: ['app_get_order', 'toString'] }, ['/methods']],
    [
      'a rate above 1, a seed with a fraction, a stranger',
      { mode: 'slow', rate: 2, seed: 0.5, x: 1 },
      ['/x', '/rate', '/seed'],
    ],
  ])('answers 422 with the pointers for %s and changes nothing', async (_name, settings, pointers) => {
    const response = await control(sandbox, 'PUT', '/faults', settings);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      422,
      'application/problem+json; charset=utf-8',
    ]);
    const problem = (await response.json()) as { status: number; errors: { pointer: string }[] };
    expect(problem.errors.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(await (await control(sandbox, 'GET', '/faults')).json()).toMatchObject({ mode: 'none' });
  });

  it('answers 400 for a body that is not JSON', async () => {
    const response = await control(sandbox, 'PUT', '/faults', '{"mode":');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
  });
});

describe('POST /_control/tickets/{id}', () => {
  it('writes a ticket to its card', async () => {
    const { orderId, ticketId } = await placeOne();
    const response = await ticket(ticketId, { status: 'written' });
    expect(await response.json()).toEqual({ orderTariffId: ticketId, orderId, status: 'written' });
    expect((await executedOrders(sandbox))[0]?.tickets).toEqual([{ orderTariffId: ticketId, status: 'written' }]);
    expect((await ticket(ticketId, { status: 'payback' })).status).toBe(409);
  });

  it('gives the money of a ticket back', async () => {
    const { ticketId } = await placeOne();
    expect((await ticket(ticketId, { status: 'payback' })).status).toBe(200);
    expect((await client.call('app_get_businessaccount')).body).toMatchObject({ amount: { text: '10000' } });
    expect((await ticket(ticketId, { status: 'written' })).status).toBe(409);
  });

  it('sends the money of a ticket on its way, and completes that', async () => {
    const { orderId, ticketId } = await placeOne();
    expect((await ticket(ticketId, { status: 'payback-initiated' })).status).toBe(200);
    const line = async () =>
      ((await client.call('app_get_order', { id: orderId })).body as { orderData: object[] }).orderData[0];
    expect(await line()).toMatchObject({ used: false, payback: 'initiated' });
    expect((await client.call('app_get_ticket', { orderTariffId: ticketId })).body).toMatchObject({
      status: 'payback',
    });
    expect((await client.call('app_get_businessaccount')).body).toMatchObject({ amount: { text: '7200' } });
    expect((await ticket(ticketId, { status: 'written' })).status).toBe(409);
    expect((await ticket(ticketId, { status: 'payback-initiated' })).status).toBe(409);
    expect((await ticket(ticketId, { status: 'payback' })).status).toBe(200);
    expect(await line()).toMatchObject({ payback: 'completed' });
    expect((await client.call('app_get_businessaccount')).body).toMatchObject({ amount: { text: '10000' } });
  });

  it.each([1, 0, 'x', '99999999999999999999', '-1'])('answers 404 for the ticket %p', async (id) => {
    expect((await ticket(id, { status: 'written' })).status).toBe(404);
  });

  it.each([{}, { status: 'pending' }, [], 'written'])('answers 422 for %p', async (body) => {
    const { ticketId } = await placeOne();
    expect((await ticket(ticketId, JSON.stringify(body))).status).toBe(422);
  });
});

describe('PUT /_control/refunds', () => {
  it('makes cancellations only begin refunds, until everything is reset', async () => {
    expect(await (await control(sandbox, 'PUT', '/refunds', { mode: 'initiated' })).json()).toEqual({
      mode: 'initiated',
    });
    const { orderId } = await placeOne();
    expect(await client.call('app_cancel_order', { orderId })).toMatchObject({ resultCode: 0 });
    expect((await executedOrders(sandbox))[0]?.tickets[0]?.status).toBe('payback-initiated');
    expect((await client.call('app_get_businessaccount')).body).toMatchObject({ amount: { text: '7200' } });
    expect(await client.call('app_cancel_order', { orderId })).toMatchObject({ resultCode: 504 });
    await control(sandbox, 'DELETE', '');
    expect(await (await control(sandbox, 'GET', '/refunds')).json()).toEqual({ mode: 'at-once' });
  });

  it.each([{}, { mode: 'never' }, []])('answers 422 for %p', async (body) => {
    expect((await control(sandbox, 'PUT', '/refunds', body)).status).toBe(422);
  });
});

describe('DELETE /_control', () => {
  it('deletes the orders, fills the fund, and never repeats an id', async () => {
    const before = await placeOne();
    expect((await control(sandbox, 'DELETE', '')).status).toBe(204);
    expect(await executedOrders(sandbox)).toEqual([]);
    expect((await client.call('app_get_businessaccount')).body).toMatchObject({ amount: { text: '10000' } });
    expect((await placeOne()).orderId).toBe(before.orderId + 1);
  });
});

describe('any other address', () => {
  it.each([
    ['GET', '/'],
    ['POST', '/orders'],
    ['GET', '/_control'],
  ])('%s %s answers 404 and lists the existing paths', async (method, path) => {
    const response = await fetch(new URL(path, sandbox.url), { method });
    expect(response.status).toBe(404);
    expect(((await response.json()) as { detail: string }).detail).toContain('POST /');
  });
});
