import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  readBusinessAccount,
  readCardTypes,
  readCreateOrderAnswer,
  readOrder,
  readRegions,
  readTariffs,
  readTicket,
} from '@vestibule/troika-contract';
import { REFUSALS } from '../refusals.js';
import type { Sandbox } from '../start-sandbox.js';
import {
  PartnerClient,
  EXAMPLE_ORDER,
  EXAMPLE_REQUEST,
  control,
  executedOrders,
  startTestSandbox,
} from '../testing/partner-client.js';

const NEW_CARD = { type: 'newcard', cardTypeId: 3, tariffId: 2690, currencyId: 'RUB', quantity: 2 };
const PURSE = { type: 'owncard', cardNumber: '0000000001', tariffId: 2680, currencyId: 'RUB' };
const FUND = 20_000;

let sandbox: Sandbox;
let client: PartnerClient;

beforeAll(async () => {
  sandbox = await startTestSandbox({ fundRoubles: FUND });
  client = new PartnerClient(sandbox);
});

beforeEach(async () => {
  await control(sandbox, 'DELETE', '');
});

afterAll(async () => sandbox.close());

/** Places an order that must succeed. */
async function place(order: unknown = EXAMPLE_ORDER): Promise<{ orderId: number; totalAmount: number }> {
  const answer = await client.call('app_create_order', order);
  const { orderId, totalAmount, oddities } = readCreateOrderAnswer(answer.body);
  if (oddities.length > 0) throw new Error(`${answer.resultMessage} ${oddities.join('; ')}`);
  return { orderId: Number(orderId), totalAmount: Number(totalAmount) };
}

async function fundLeft(): Promise<number> {
  const account = readBusinessAccount((await client.call('app_get_businessaccount')).body);
  return account.ok ? Number(account.value.amount) : Number.NaN;
}

async function order(id: number) {
  const read = readOrder((await client.call('app_get_order', { id })).body);
  if (!read.ok) throw new Error(read.detail);
  return read.value;
}

async function ticketStatus(orderTariffId: number): Promise<string> {
  const read = readTicket((await client.call('app_get_ticket', { orderTariffId })).body);
  return read.ok ? read.value.status : read.detail;
}

const withLines = (...orderData: unknown[]): unknown => ({ orderData, phone: '+71044826548' });

describe('the dictionaries', () => {
  it("offer every ticket group, and the tariff of the vendor's example", async () => {
    const tariffs = readTariffs((await client.call('app_get_tariff')).body);
    if (!tariffs.ok) throw new Error(tariffs.detail);
    expect(tariffs.value.find(({ id }) => id === '2671')).toMatchObject({ priceMin: '2800', priceMax: '2800' });
    expect(new Set(tariffs.value.map(({ ticketGroup }) => ticketGroup))).toEqual(
      new Set(['purse', 'single', 'singlemcd', 'tat', 'bus']),
    );
    expect(tariffs.value.find(({ ticketGroup }) => ticketGroup === 'purse')).toMatchObject({
      priceMin: '100',
      priceMax: '15000',
    });
  });

  it('give the ids of card types and regions as texts', async () => {
    const cardTypes = (await client.call('app_get_cardtype')).body;
    expect(readCardTypes(cardTypes)).toMatchObject({ ok: true, value: [{ id: '1' }, { id: '2' }, { price: '150.5' }] });
    expect(cardTypes).toMatchObject({ cardType: [{ id: '1' }, { id: '2' }, { id: '3' }] });
    const regions = (await client.call('app_get_region')).body;
    expect(readRegions(regions)).toMatchObject({ ok: true });
    expect(regions).toMatchObject({ region: [{ id: '77', name: 'Москва' }, { id: '50' }, { id: '71' }] });
  });
});

describe('app_create_order', () => {
  it("executes the 299 bytes of the vendor's example for 2800 and keeps them unchanged", async () => {
    const answer = await client.send(EXAMPLE_REQUEST);
    const [executed] = await executedOrders(sandbox);
    expect(answer.text).toBe(
      `{"message":{"head":{"resultCode":0,"resultMessage":"OK"},"body":{"id":${executed?.orderId},"totalAmount":2800}}}`,
    );
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(executed).toMatchObject({ totalAmount: 2800, signatureVerified: true, fault: 'none', body: EXAMPLE_ORDER });
    expect(executed?.rawBody).toBe(EXAMPLE_REQUEST);
    expect(Buffer.byteLength(executed?.rawBody ?? '')).toBe(299);
    expect(await fundLeft()).toBe(FUND - 2800);
  });

  it('executes the same order again as another order', async () => {
    const first = await place();
    const second = await place();
    expect(second.orderId).toBe(first.orderId + 1);
    expect((await executedOrders(sandbox)).map(({ orderId }) => orderId)).toEqual([first.orderId, second.orderId]);
  });

  it.each<[string, unknown[], number]>([
    ['a new card costs itself and its ticket, each', [NEW_CARD], 2 * (63.5 + 150.5)],
    ['a purse costs its amount, kopecks and all', [{ ...PURSE, amount: 100.29 }], 100.29],
    ['a quantity counts for an own card too', [{ ...PURSE, amount: 500, quantity: 3 }], 1500],
    ['the lines of an order add up', [EXAMPLE_ORDER.orderData[0], { ...PURSE, amount: 0.1 + 999.9 }, NEW_CARD], 4228],
  ])('%s', async (_name, lines, expected) => {
    expect((await place(withLines(...lines))).totalAmount).toBe(expected);
    expect(await fundLeft()).toBeCloseTo(FUND - expected, 6);
  });

  it('takes a request with a byte order mark', async () => {
    expect(await client.envelope(`\uFEFF${EXAMPLE_REQUEST}`)).toMatchObject({ resultCode: 0 });
    expect((await executedOrders(sandbox))[0]).toMatchObject({
      body: EXAMPLE_ORDER,
      rawBody: `\uFEFF${EXAMPLE_REQUEST}`,
    });
  });

  it.each<[string, unknown, { resultCode: number }]>([
    ['a tariff out of the dictionary', withLines({ ...PURSE, tariffId: 1 }), REFUSALS.unknownTariff],
    ['a purse without an amount', withLines(PURSE), REFUSALS.amount],
    ['a purse below its least amount', withLines({ ...PURSE, amount: 99.99 }), REFUSALS.amount],
    ['a purse above its greatest amount', withLines({ ...PURSE, amount: 15_000.01 }), REFUSALS.amount],
    ['a card type out of the dictionary', withLines({ ...NEW_CARD, cardTypeId: 9 }), REFUSALS.unknownCardType],
    ['a region out of the dictionary', { ...EXAMPLE_ORDER, regionId: 1 }, REFUSALS.unknownRegion],
    ['an order dearer than the fund', withLines({ ...NEW_CARD, quantity: 1_000 }), REFUSALS.fund],
    ['a sum beyond all numbers', withLines({ ...NEW_CARD, quantity: 2 ** 52 }), REFUSALS.fund],
  ])('refuses %s and executes nothing', async (_name, refused, { resultCode }) => {
    expect(await client.call('app_create_order', refused)).toMatchObject({ status: 200, resultCode });
    expect(await executedOrders(sandbox)).toEqual([]);
    expect(await fundLeft()).toBe(FUND);
  });

  it('refuses orders that exceed the fund, until money is refunded', async () => {
    const orders = [];
    for (let count = 0; count < 7; count += 1) orders.push(await place());
    expect(await client.call('app_create_order', EXAMPLE_ORDER)).toMatchObject({
      resultCode: REFUSALS.fund.resultCode,
    });
    await client.call('app_cancel_order', { orderId: orders[0]?.orderId });
    await place();
    expect(await fundLeft()).toBe(FUND - 7 * 2800);
  });
});

describe('app_get_order and app_get_ticket', () => {
  it('answer an order with its lines, which have the ids of the tickets', async () => {
    const { orderId } = await place(withLines(EXAMPLE_ORDER.orderData[0], NEW_CARD));
    const { totalAmount, lines } = await order(orderId);
    expect(totalAmount).toBe('3228');
    expect(lines).toMatchObject([
      { type: 'owncard', cardNumber: '1234567890', tariffId: '2671', amount: '2800', quantity: 1, used: false },
      { type: 'newcard', cardTypeId: '3', tariffId: '2690', amount: '428', quantity: 2, used: false },
    ]);
    expect(lines.map(({ payback }) => payback)).toEqual([undefined, undefined]);
    expect(new Set(lines.map(({ orderTariffId }) => orderTariffId)).size).toBe(2);
  });

  it('answer a ticket with the tariff as its id and its types in one text', async () => {
    const { orderId } = await place();
    const [line] = (await order(orderId)).lines;
    const { body } = await client.call('app_get_ticket', { orderTariffId: Number(line?.orderTariffId) });
    expect(body).toMatchObject({ types: 'metro,tram,bus,trolleybus', zone: 'A' });
    expect(readTicket(body)).toMatchObject({
      ok: true,
      value: { orderId: String(orderId), tariffId: '2671', price: '2800', zone: 'a', status: 'pending' },
    });
  });

  it('answer a ticket of an order with writeRemote as written', async () => {
    const { orderId } = await place({ ...EXAMPLE_ORDER, writeRemote: true });
    const [line] = (await order(orderId)).lines;
    expect(line?.used).toBe(true);
    expect(await ticketStatus(Number(line?.orderTariffId))).toBe('written');
  });

  it('take a uuid and compare it with nothing', async () => {
    const { orderId } = await place();
    expect(await client.call('app_get_order', { id: orderId, uuid: 'any' })).toMatchObject({ resultCode: 0 });
    expect(await client.call('app_get_order', { id: orderId, uuid: 1 })).toMatchObject({
      resultCode: REFUSALS.body.resultCode,
    });
  });

  it.each<[string, unknown, { resultCode: number }]>([
    ['app_get_order', {}, REFUSALS.body],
    ['app_get_order', { id: '228422' }, REFUSALS.body],
    ['app_get_order', { id: 1 }, REFUSALS.noOrder],
    ['app_get_ticket', { id: 1 }, REFUSALS.body],
    ['app_get_ticket', { orderTariffId: 1 }, REFUSALS.noTicket],
    ['app_cancel_ticket', { orderTariffId: 1.5 }, REFUSALS.body],
    ['app_cancel_ticket', { orderTariffId: 1 }, REFUSALS.noTicket],
    ['app_cancel_order', { id: 1 }, REFUSALS.body],
    ['app_cancel_order', { orderId: 1 }, REFUSALS.noOrder],
  ])('%s %p is refused', async (type, body, { resultCode }) => {
    expect(await client.call(type, body)).toMatchObject({ status: 200, resultCode });
  });
});

describe('app_cancel_order and app_cancel_ticket', () => {
  it('answer without a body and give the money back once', async () => {
    const { orderId } = await place();
    const cancelled = await client.send(
      EXAMPLE_REQUEST.replace('app_create_order', 'app_cancel_order').replace(
        /"body":.*$/,
        `"body":{"orderId":${orderId}}}}`,
      ),
    );
    expect(cancelled.text).toBe('{"message":{"head":{"resultCode":0,"resultMessage":"OK"}}}');
    expect(await fundLeft()).toBe(FUND);
    expect(await client.call('app_cancel_order', { orderId })).toMatchObject({
      resultCode: REFUSALS.alreadyPaidBack.resultCode,
    });
    expect(await fundLeft()).toBe(FUND);
    const [line] = (await order(orderId)).lines;
    expect(line).toMatchObject({ used: false, payback: 'completed' });
    expect(await ticketStatus(Number(line?.orderTariffId))).toBe('payback');
  });

  it('cancel one ticket, then the rest of the order', async () => {
    const { orderId } = await place(withLines(EXAMPLE_ORDER.orderData[0], NEW_CARD));
    const [first, second] = (await order(orderId)).lines.map(({ orderTariffId }) => Number(orderTariffId));
    const cancel = { orderTariffId: second };
    expect(await client.call('app_cancel_ticket', cancel)).toMatchObject({ resultCode: 0, body: undefined });
    expect(await fundLeft()).toBe(FUND - 2800);
    expect(await client.call('app_cancel_ticket', cancel)).toMatchObject({
      resultCode: REFUSALS.alreadyPaidBack.resultCode,
    });
    expect(await ticketStatus(first ?? 0)).toBe('pending');
    expect(await client.call('app_cancel_order', { orderId })).toMatchObject({ resultCode: 0 });
    expect(await fundLeft()).toBe(FUND);
  });

  it('do not change a written ticket and its order', async () => {
    const { orderId } = await place(withLines(EXAMPLE_ORDER.orderData[0], NEW_CARD));
    const [first] = (await order(orderId)).lines.map(({ orderTariffId }) => Number(orderTariffId));
    await control(sandbox, 'POST', `/tickets/${first}`, { status: 'written' });
    const { resultCode } = REFUSALS.ticketWritten;
    expect(await client.call('app_cancel_ticket', { orderTariffId: first })).toMatchObject({ resultCode });
    expect(await client.call('app_cancel_order', { orderId })).toMatchObject({ resultCode });
    expect(await fundLeft()).toBe(FUND - 3228);
  });
});
