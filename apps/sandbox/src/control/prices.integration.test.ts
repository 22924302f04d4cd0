import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../start-sandbox.js';
import { PartnerClient, EXAMPLE_ORDER, control, startTestSandbox } from '../testing/partner-client.js';

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

const price = async (id: number | string, body: unknown) => control(sandbox, 'PUT', `/tariffs/${id}`, body);
const tariffs = async () => JSON.stringify((await client.call('app_get_tariff')).body);

describe('PUT /_control/tariffs/{id}', () => {
  it('changes a price for the dictionary and for orders', async () => {
    const response = await price(2671, { priceMin: 2900.5, priceMax: 2900.5 });
    expect([response.status, await response.json()]).toMatchObject([200, { id: 2671, priceMin: 2900.5 }]);
    const { body } = await client.call('app_create_order', EXAMPLE_ORDER);
    expect(body).toMatchObject({ totalAmount: { text: '2900.5' } });
  });

  it.each([{}, [], { priceMin: 1 }, { priceMin: '1', priceMax: 2 }, { priceMin: -1, priceMax: 0.001 }])(
    'answers 422 for %j and changes nothing',
    async (body) => {
      const before = await tariffs();
      expect((await price(2671, body)).status).toBe(422);
      expect(await tariffs()).toBe(before);
    },
  );

  it.each([1, 'x', '-1'])('answers 404 for the tariff %p', async (id) => {
    expect((await price(id, { priceMin: 1, priceMax: 1 })).status).toBe(404);
  });
});

describe('DELETE /_control/tariffs/{id}', () => {
  it('takes a tariff away until it is sold again', async () => {
    const before = await tariffs();
    expect((await control(sandbox, 'DELETE', '/tariffs/2671')).status).toBe(204);
    expect((await control(sandbox, 'DELETE', '/tariffs/2671')).status).toBe(404);
    expect((await client.call('app_create_order', EXAMPLE_ORDER)).resultCode).toBe(402);
    await price(2671, { priceMin: 2800, priceMax: 2800 });
    expect(await tariffs()).toBe(before);
  });

  it('is undone with everything else', async () => {
    const before = await tariffs();
    await control(sandbox, 'DELETE', '/tariffs/2671');
    await price(2672, { priceMin: 1, priceMax: 1 });
    await control(sandbox, 'DELETE', '');
    expect(await tariffs()).toBe(before);
  });
});

describe('PUT /_control/fund', () => {
  it('sets the balance of the fund', async () => {
    const response = await control(sandbox, 'PUT', '/fund', { left: 2799.99 });
    expect([response.status, await response.json()]).toEqual([200, { fund: 10_000, left: 2799.99 }]);
    expect((await client.call('app_get_businessaccount')).body).toMatchObject({ amount: { text: '2799.99' } });
    expect((await client.call('app_create_order', EXAMPLE_ORDER)).resultCode).toBe(601);
  });

  it.each([{}, { left: '5' }, { left: -1 }, { left: 0.001 }])('answers 422 for %j', async (body) => {
    expect((await control(sandbox, 'PUT', '/fund', body)).status).toBe(422);
  });
});

describe('GET /_control/calls', () => {
  it('counts the calls of each method, also those it refuses, but no stranger’s', async () => {
    await client.call('app_get_tariff');
    await client.call('app_get_tariff');
    await client.call('app_create_order', {});
    await client.call('app_get_region', {}, { headers: { authorization: null } });
    expect(await (await control(sandbox, 'GET', '/calls')).json()).toEqual({ app_get_tariff: 2, app_create_order: 1 });
    await control(sandbox, 'DELETE', '');
    expect(await (await control(sandbox, 'GET', '/calls')).json()).toEqual({});
  });
});
