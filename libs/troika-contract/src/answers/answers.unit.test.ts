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
      'a uuid nobody documented',
      '{"id":1,"totalAmount":1,"uuid":"u-1"}',
      { orderId: '1', totalAmount: '1', uuid: 'u-1' },
    ],
    ['fields nobody documented', '{"x":[{}],"id":1,"totalAmount":1}', { orderId: '1', totalAmount: '1' }],
  ])('reads %s', (_name, body, value) => {
    expect(readCreateOrderAnswer(bodyOf(body))).toEqual({ ok: true, value });
  });

  it.each([
    ['no body', undefined, '/id is missing'],
    ['an empty list for a body', '[]', '/id is missing'],
    ['an empty id', '{"id":"","totalAmount":1}', '/id is missing'],
    ['no amount', '{"id":1,"totalAmount":null}', '/totalAmount is missing'],
    ['an amount in words', '{"id":1,"totalAmount":"much"}', '/totalAmount is not a number'],
    ['an id that is an object', '{"id":{},"totalAmount":1}', '/id is neither a text nor a number'],
  ])('says what is wrong with %s', (_name, body, detail) => {
    expect(readCreateOrderAnswer(bodyOf(body))).toEqual({ ok: false, detail });
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

  it('keep a ticket group nobody has heard of and an absent one', () => {
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

  it('name the entry that is not one', () => {
    expect(readTariffs(bodyOf('{"tariff":[{"id":1},{"name":"x"}]}'))).toEqual({
      ok: false,
      detail: '/tariff/1/id is missing',
    });
    expect(readRegions(bodyOf('{"region":[7]}'))).toEqual({ ok: false, detail: '/region/0 is not an object' });
    expect(readCardTypes(bodyOf('{"cardType":{}}'))).toEqual({ ok: false, detail: '/cardType is not a list' });
    expect(readTariffs(bodyOf('{"tariff":[{"id":1,"validityDays":1.5}]}'))).toEqual({
      ok: false,
      detail: '/tariff/0/validityDays is not a whole number',
    });
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

  it('says which line has no ticket, and what is no yes or no', () => {
    expect(readOrder(bodyOf('{"id":1,"orderData":[{}]}'))).toEqual({
      ok: false,
      detail: '/orderData/0/orderTariffId is missing',
    });
    expect(readOrder(bodyOf('{"id":1,"orderData":[{"orderTariffId":1,"used":"maybe"}]}'))).toEqual({
      ok: false,
      detail: '/orderData/0/used is neither true nor false',
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

  it('refuses types that are no words', () => {
    expect(readTicket(bodyOf('{"orderTariffId":1,"types":[{}]}'))).toEqual({
      ok: false,
      detail: '/types is not a list of words',
    });
  });
});

describe('readBusinessAccount', () => {
  it('keeps integers and floats as they came', () => {
    expect(readBusinessAccount(bodyOf('{"name":"ООО","fund":1000000,"amount":997200.00,"currencyId":"RUB"}'))).toEqual({
      ok: true,
      value: { name: 'ООО', fund: '1000000', amount: '997200.00', currencyId: 'RUB' },
    });
  });

  it('is not ok without a body', () => {
    expect(readBusinessAccount(bodyOf('[]'))).toEqual({ ok: false, detail: '/fund is missing' });
  });
});
