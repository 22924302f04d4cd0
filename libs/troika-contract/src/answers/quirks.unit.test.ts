import { describe, expect, it } from '@jest/globals';
import { decodeAnswer, type JsonObject } from '@vestibule/envelope';
import { readBusinessAccount, readOrder, readTicket, type PlacedOrderLine } from '../index.js';

const OK = '"resultCode":0,"resultMessage":"OK"';

/** What a reader is given, decoded from the bytes of a whole answer. */
function received(message: string): JsonObject | undefined {
  const decoded = decodeAnswer(Buffer.from(`{"message":${message}}`));
  if (!decoded.ok) throw new Error(decoded.error.detail);
  expect(decoded.answer.resultCode).toBe(0);
  return decoded.answer.body;
}

const body = (text: string): JsonObject | undefined => received(`{"head":{${OK}},"body":${text}}`);

function lineOf(fields: string): PlacedOrderLine | undefined {
  const order = readOrder(body(`{"id":1,"orderData":[{"orderTariffId":7${fields}}]}`));
  if (!order.ok) throw new Error(order.detail);
  return order.value.lines[0];
}

// troika-business.md, "Traps", and the oddities in its table of methods, one by one.
describe('the oddities of the partner’s answers', () => {
  it.each([
    ['absent', `{"head":{${OK}}}`],
    ['null', `{"head":{${OK}},"body":null}`],
    ['the [] of a PHP server', `{"head":{${OK}},"body":[]}`],
  ])('the cancel methods answer with a body that is %s', (_, message) => {
    expect(received(message)).toBeUndefined();
  });

  it('a body that should have fields and is the [] of a PHP server is not ok', () => {
    expect(readOrder(body('[]'))).toEqual({ ok: false, detail: '/id is missing' });
    expect(readTicket(body('[]'))).toEqual({ ok: false, detail: '/orderTariffId is missing' });
  });

  it('unknown fields of the head, seen once, do no harm', () => {
    const head = `{${OK},"time":"2022-04-22 00:21:02 +03:00","version":"3.0","languageId":"ru"}`;
    expect(readOrder(received(`{"head":${head},"body":{"id":1,"orderData":[]}}`))).toMatchObject({ ok: true });
  });

  it.each(['228422', '"228422"', '9007199254740993', '"9007199254740993"'])(
    'an id written as %s keeps its digits',
    (id) => {
      const digits = id.replaceAll('"', '');
      expect(readOrder(body(`{"id":${id},"orderData":[{"orderTariffId":${id},"tariffId":${id}}]}`))).toMatchObject({
        value: { orderId: digits, lines: [{ orderTariffId: digits, tariffId: digits }] },
      });
      expect(readTicket(body(`{"orderTariffId":${id},"orderId":${id},"id":${id}}`))).toMatchObject({
        value: { orderTariffId: digits, orderId: digits, tariffId: digits },
      });
    },
  );

  it.each(['2800', '2800.00', '2800.5', '"2800"', '"2800.10"', '0.1', '9007199254740993.01'])(
    'money written as %s stays exact',
    (money) => {
      const text = money.replaceAll('"', '');
      expect(lineOf(`,"amount":${money}`)).toMatchObject({ amount: text });
      expect(readTicket(body(`{"orderTariffId":1,"price":${money}}`))).toMatchObject({ value: { price: text } });
      expect(readBusinessAccount(body(`{"fund":${money},"amount":${money}}`))).toMatchObject({
        value: { fund: text, amount: text },
      });
    },
  );

  it.each([
    ['', undefined],
    [',"payback":null', undefined],
    [',"payback":""', undefined],
    [',"payback":"initiated"', 'initiated'],
    [',"payback":"Completed"', 'completed'],
    [',"payback":"rejected"', 'rejected'],
  ])('payback, absent while no refund was asked for, is read from a line with %p', (field, payback) => {
    expect(lineOf(field)?.payback).toBe(payback);
  });

  it('a new card has a kind and no number yet', () => {
    expect(lineOf(',"type":"newcard","cardTypeId":"3","quantity":2')).toMatchObject({
      type: 'newcard',
      cardTypeId: '3',
      cardNumber: undefined,
      quantity: 2,
      used: false,
    });
  });

  it('an order may come without its lines', () => {
    expect(readOrder(body('{"id":1}'))).toEqual({
      ok: true,
      value: { orderId: '1', totalAmount: undefined, lines: [], isWhole: true },
    });
  });

  it.each([
    ['"metro,tram, bus"', ['metro', 'tram', 'bus']],
    ['"metro"', ['metro']],
    ['["metro","tram"]', ['metro', 'tram']],
    ['",metro,"', ['metro']],
    ['""', []],
    ['null', []],
  ])('the types of a ticket, one text there and a list elsewhere, are read from %s', (types, words) => {
    expect(readTicket(body(`{"orderTariffId":1,"types":${types}}`))).toMatchObject({ value: { types: words } });
  });

  it.each([
    ['"A"', 'a'],
    ['"b"', 'b'],
    ['"Both"', 'both'],
    ['null', undefined],
  ])('the zone %s, in capitals in the sample, is %p', (zone, read) => {
    expect(readTicket(body(`{"orderTariffId":1,"zone":${zone}}`))).toMatchObject({ value: { zone: read } });
  });

  it.each([
    ['pending', 'pending'],
    ['written', 'written'],
    ['writed', 'written'],
    [' WRITTEN ', 'written'],
    ['payback', 'payback'],
    ['used', 'other'],
  ])('the status %p of a ticket is %s', (status, read) => {
    const text = JSON.stringify(status);
    expect(readTicket(body(`{"orderTariffId":1,"status":${text}}`))).toMatchObject({
      value: { status: read, statusText: status },
    });
  });
});
