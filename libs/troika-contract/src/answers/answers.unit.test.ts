import { describe, expect, it } from '@jest/globals';
import { decodeAnswer, type JsonObject } from '@vestibule/envelope';
import {
  readBusinessAccount,
  readCardTypes,
  readCreateOrderAnswer,
  readOrder,
  readRegions,
  readTariffs,
  readTicket,
} from '../index.js';

/** The body as a reader gets it: decoded from the bytes of a whole answer. */
function bodyOf(body: string | undefined): JsonObject | undefined {
  const tail = body === undefined ? '' : `,"body":${body}`;
  const decoded = decodeAnswer(
    new TextEncoder().encode(`{"message":{"head":{"resultCode":0,"resultMessage":"OK"}${tail}}}`),
  );
  if (!decoded.ok) throw new Error('the test sent no envelope');
  return decoded.answer.body;
}

describe('readCreateOrderAnswer', () => {
  it.each([
    ['the sample of the contract', '{"id":228422,"totalAmount":2800}', { orderId: '228422', totalAmount: '2800' }],
    ['a float keeps its exact text', '{"id":1,"totalAmount":2800.50}', { orderId: '1', totalAmount: '2800.50' }],
    ['an id beyond 2^53', '{"id":9007199254740993,"totalAmount":1}', { orderId: '9007199254740993', totalAmount: '1' }],
    ['texts for numbers', '{"id":"228422","totalAmount":"2800.00"}', { orderId: '228422', totalAmount: '2800.00' }],
    [
      'a uuid that is not documented',
      '{"id":1,"totalAmount":1,"uuid":"u-1"}',
      { orderId: '1', totalAmount: '1', uuid: 'u-1' },
    ],
    ['fields that are not documented', '{"x":[{}],"id":1,"totalAmount":1}', { orderId: '1', totalAmount: '1' }],
  ])('reads %s', (_name, body, value) => {
    expect(readCreateOrderAnswer(bodyOf(body))).toEqual({ uuid: undefined, ...value, oddities: [] });
  });

  it.each([
    ['in words', '"2 800,00"', '2 800,00', '/totalAmount is not a number'],
    ['with a currency', '"2800 RUB"', '2800 RUB', '/totalAmount is not a number'],
    ['of null', 'null', undefined, '/totalAmount is missing'],
    ['of an empty text', '""', undefined, '/totalAmount is missing'],
    ['that is an object', '{"v":1}', undefined, '/totalAmount is neither a text nor a number'],
    ['that is true', 'true', undefined, '/totalAmount is neither a text nor a number'],
    ['that is longer than any amount', `"${'9'.repeat(70)}x"`, '9'.repeat(64), '/totalAmount is not a number'],
  ])('keeps the id next to an amount %s, and the exact text of the amount', (_name, amount, totalAmount, oddity) => {
    expect(readCreateOrderAnswer(bodyOf(`{"id":228422,"totalAmount":${amount}}`))).toEqual({
      orderId: '228422',
      totalAmount,
      uuid: undefined,
      oddities: [oddity],
    });
  });

  it('keeps id and amount next to an invalid uuid', () => {
    expect(readCreateOrderAnswer(bodyOf('{"id":228422,"totalAmount":2800,"uuid":[1]}'))).toEqual({
      orderId: '228422',
      totalAmount: '2800',
      uuid: undefined,
      oddities: ['/uuid is neither a text nor a number'],
    });
  });

  it.each([
    ['no body', undefined, '/id is missing'],
    ['an empty list for a body', '[]', '/id is missing'],
    ['an empty id', '{"id":""}', '/id is missing'],
    ['an id that is an object', '{"id":{}}', '/id is neither a text nor a number'],
    ['the id 0', '{"id":0}', '/id is not the id of an order'],
    ['the id 0 as a text', '{"id":"000"}', '/id is not the id of an order'],
    ['a negative id', '{"id":-5}', '/id is not the id of an order'],
    ['half an id', '{"id":2.5}', '/id is not the id of an order'],
    ['an endless id', `{"id":"${'a'.repeat(101)}"}`, '/id is longer than any id'],
  ])('says that %s is no id to ask and cancel by', (_name, body, oddity) => {
    const { orderId, oddities } = readCreateOrderAnswer(bodyOf(body));
    expect({ orderId, oddity: oddities[0] }).toEqual({ orderId: undefined, oddity });
  });

  it('keeps the amount next to an invalid id', () => {
    expect(readCreateOrderAnswer(bodyOf('{"id":{},"totalAmount":2800}'))).toMatchObject({ totalAmount: '2800' });
  });
});

describe('the dictionaries', () => {
  it('read a tariff with floats, a list of types and a zone', () => {
    const body =
      '{"tariff":[{"id":2671,"name":"Единый","currencyId":"RUB","priceMin":2800,"priceMax":2800.00,"ticketGroup":"tat",' +
      '"validityDays":30,"relatedValues":["30"],"relatedIds":[2672,"2673"],"types":["metro","tram"],"zone":"both"}]}';
    expect(readTariffs(bodyOf(body))).toEqual({
      ok: true,
      value: [
        {
          id: '2671',
          name: 'Единый',
          currencyId: 'RUB',
          priceMin: '2800',
          priceMax: '2800.00',
          ticketGroup: 'tat',
          validityDays: 30,
          relatedValues: ['30'],
          relatedIds: ['2672', '2673'],
          types: ['metro', 'tram'],
          zone: 'both',
        },
      ],
    });
  });

  it('keep an unknown ticket group and an absent one', () => {
    const tariffs = readTariffs(bodyOf('{"tariff":[{"id":1,"ticketGroup":"river"},{"id":2}]}'));
    expect(tariffs).toMatchObject({
      ok: true,
      value: [{ ticketGroup: 'river' }, { ticketGroup: undefined, types: [] }],
    });
  });

  it('read card types and regions whose ids are texts, or integers after all', () => {
    expect(
      readCardTypes(bodyOf('{"cardType":[{"id":"3","name":"Тройка","price":0,"deposit":80.0},{"id":4}]}')),
    ).toEqual({
      ok: true,
      value: [{ id: '3', name: 'Тройка', price: '0', deposit: '80.0' }, { id: '4' }],
    });
    expect(readRegions(bodyOf('{"region":[{"id":"77","name":"Москва"},{"id":50}]}'))).toEqual({
      ok: true,
      value: [{ id: '77', name: 'Москва' }, { id: '50' }],
    });
  });

  it.each([undefined, '[]', '{}', '{"tariff":[],"cardType":null}'])('are empty for the body %s', (body) => {
    for (const read of [readTariffs, readCardTypes, readRegions]) {
      expect(read(bodyOf(body))).toEqual({ ok: true, value: [] });
    }
  });

  it('omit an entry without an id, report it, and keep all others', () => {
    expect(readTariffs(bodyOf('{"tariff":[{"id":1},{"name":"x"},{"id":3}]}'))).toMatchObject({
      ok: true,
      value: [{ id: '1' }, { id: '3' }],
      oddities: ['/tariff/1/id is missing'],
    });
    expect(readRegions(bodyOf('{"region":[7,{"id":"77"}]}'))).toMatchObject({
      value: [{ id: '77' }],
      oddities: ['/region/0 is not an object'],
    });
    expect(readCardTypes(bodyOf('{"cardType":[{"id":"3","price":{},"deposit":"80 ₽"}]}'))).toMatchObject({
      value: [{ id: '3', price: undefined, deposit: '80 ₽' }],
      oddities: ['/cardType/0/price is neither a text nor a number', '/cardType/0/deposit is not a number'],
    });
    expect(
      readTariffs(bodyOf('{"tariff":[{"id":1,"validityDays":1.5,"types":["metro",{}],"priceMin":2800}]}')),
    ).toMatchObject({
      value: [{ id: '1', validityDays: undefined, types: ['metro'], priceMin: '2800' }],
      oddities: ['/tariff/0/validityDays is not a whole number', '/tariff/0/types is not a list of words'],
    });
  });

  it('are not read from a value that is not a list', () => {
    expect(readCardTypes(bodyOf('{"cardType":{}}'))).toEqual({ ok: false, detail: '/cardType is not a list' });
  });
});

describe('readOrder', () => {
  it('reads the lines with their tickets, keeping leading zeros of a card number', () => {
    const body =
      '{"id":228422,"totalAmount":2800.00,"orderData":[{"orderTariffId":501,"type":"owncard","cardNumber":"0000000001",' +
      '"tariffId":2671,"currencyId":"RUB","amount":2800,"quantity":1,"used":true,"payback":"initiated"}]}';
    expect(readOrder(bodyOf(body))).toEqual({
      ok: true,
      value: {
        orderId: '228422',
        totalAmount: '2800.00',
        isWhole: true,
        lines: [
          {
            orderTariffId: '501',
            type: 'owncard',
            cardNumber: '0000000001',
            tariffId: '2671',
            currencyId: 'RUB',
            amount: '2800',
            quantity: 1,
            used: true,
            payback: 'initiated',
          },
        ],
      },
    });
  });

  it.each([
    ['true', true],
    ['1', true],
    ['"1"', true],
    ['"true"', true],
    ['false', false],
    ['0', false],
    ['"false"', false],
    ['null', false],
  ])('takes used %s for %p', (used, expected) => {
    const order = readOrder(bodyOf(`{"id":1,"orderData":[{"orderTariffId":"2","used":${used}}]}`));
    expect(order).toMatchObject({ ok: true, value: { lines: [{ used: expected, payback: undefined }] } });
  });

  it('omits a line without a ticket, reports it, and keeps the others', () => {
    expect(readOrder(bodyOf('{"id":1,"orderData":[{},{"orderTariffId":2,"used":true}]}'))).toMatchObject({
      ok: true,
      value: { orderId: '1', lines: [{ orderTariffId: '2', used: true }], isWhole: false },
      oddities: ['/orderData/0/orderTariffId is missing'],
    });
    expect(readOrder(bodyOf('{"id":1,"orderData":{}}'))).toMatchObject({
      value: { orderId: '1', lines: [], isWhole: false },
      oddities: ['/orderData is not a list'],
    });
  });

  it('keeps a line whose other fields are odd', () => {
    const line =
      '{"orderTariffId":1,"used":"maybe","quantity":"few","amount":"2 800","payback":{},"cardNumber":"0001"}';
    expect(readOrder(bodyOf(`{"id":1,"totalAmount":"much","orderData":[${line}]}`))).toMatchObject({
      value: {
        totalAmount: 'much',
        lines: [{ orderTariffId: '1', used: undefined, quantity: undefined, amount: '2 800', cardNumber: '0001' }],
        isWhole: true,
      },
      oddities: [
        '/orderData/0/amount is not a number',
        '/orderData/0/quantity is not a whole number',
        '/orderData/0/used is neither true nor false',
        '/orderData/0/payback is neither a text nor a number',
        '/totalAmount is not a number',
      ],
    });
  });
});

describe('readTicket', () => {
  it('takes id for the tariff, splits the comma-separated types and lowers the zone', () => {
    const body =
      '{"orderTariffId":501,"orderId":228422,"id":2671,"price":2800.0,"name":"Единый","currencyId":"RUB",' +
      '"ticketGroup":"tat","validityDays":"30","types":"metro, tram,bus","zone":"A","status":"pending"}';
    expect(readTicket(bodyOf(body))).toEqual({
      ok: true,
      value: {
        orderTariffId: '501',
        orderId: '228422',
        tariffId: '2671',
        price: '2800.0',
        name: 'Единый',
        currencyId: 'RUB',
        ticketGroup: 'tat',
        validityDays: 30,
        types: ['metro', 'tram', 'bus'],
        zone: 'a',
        status: 'pending',
        statusText: 'pending',
      },
    });
  });

  it('takes types as a list too', () => {
    expect(readTicket(bodyOf('{"orderTariffId":1,"types":["metro"],"status":"payback"}'))).toMatchObject({
      ok: true,
      value: { types: ['metro'], status: 'payback' },
    });
  });

  it.each([
    ['"written"', 'written'],
    ['"writed"', 'written'],
    ['"Writed"', 'written'],
    ['"lost"', 'other'],
    ['null', 'other'],
  ])('takes the status %s for %s', (status, expected) => {
    expect(readTicket(bodyOf(`{"orderTariffId":1,"status":${status}}`))).toMatchObject({ value: { status: expected } });
  });

  it('keeps its status next to odd fields', () => {
    const body = '{"orderTariffId":1,"types":[{}],"price":"dear","validityDays":{},"orderId":[],"status":"written"}';
    expect(readTicket(bodyOf(body))).toMatchObject({
      value: { orderTariffId: '1', types: [], price: 'dear', validityDays: undefined, status: 'written' },
      oddities: [
        '/orderId is neither a text nor a number',
        '/price is not a number',
        '/validityDays is neither a text nor a number',
        '/types is not a list of words',
      ],
    });
  });
});

describe('readBusinessAccount', () => {
  it('keeps the exact text of integers and floats', () => {
    expect(readBusinessAccount(bodyOf('{"name":"ООО","fund":1000000,"amount":997200.00,"currencyId":"RUB"}'))).toEqual({
      ok: true,
      value: { name: 'ООО', fund: '1000000', amount: '997200.00', currencyId: 'RUB' },
    });
  });

  it('reads the remaining amount next to an odd size', () => {
    expect(readBusinessAccount(bodyOf('{"name":[],"fund":"a lot","amount":997200.00}'))).toMatchObject({
      value: { fund: 'a lot', amount: '997200.00' },
      oddities: ['/name is neither a text nor a number', '/fund is not a number'],
    });
    expect(readBusinessAccount(bodyOf('{"amount":1}'))).toMatchObject({ value: { fund: undefined, amount: '1' } });
  });

  it('is not ok without the remaining amount', () => {
    expect(readBusinessAccount(bodyOf('[]'))).toEqual({ ok: false, detail: '/amount is missing' });
    expect(readBusinessAccount(bodyOf('{"amount":"little"}'))).toEqual({
      ok: false,
      detail: '/amount is not a number',
    });
  });
});
