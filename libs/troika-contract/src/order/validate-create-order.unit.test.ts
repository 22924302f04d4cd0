import { describe, expect, it } from '@jest/globals';
import { NEW_CARD_LINE, EXAMPLE_ORDER_TEXT, orderWith } from '../testing/orders.js';
import { MAX_FAULTS, validateCreateOrder } from './validate-create-order.js';

const pointers = (value: unknown): string[] => validateCreateOrder(value).map((fault) => fault.pointer);
const parse = (text: string): unknown => JSON.parse(text);

describe('validateCreateOrder accepts', () => {
  it("the vendor's example order exactly as it is given", () => {
    expect(validateCreateOrder(parse(EXAMPLE_ORDER_TEXT))).toEqual([]);
  });

  it.each([
    ['a new card', orderWith({ orderData: [NEW_CARD_LINE] })],
    ['an own card without a quantity', orderWith({}, { quantity: undefined })],
    ['leading zeros of a card number', orderWith({}, { cardNumber: '0000000001' })],
    ['an amount with kopecks', orderWith({}, { amount: 1234.56 })],
    ['the amount 0.29, which no double holds exactly', orderWith({}, { amount: 0.29 })],
    ['a phone on every line instead of one for the order', orderWith({ phone: undefined }, { phone: '+79161234567' })],
    ['the largest safe integer', orderWith({ regionId: Number.MAX_SAFE_INTEGER })],
    ['a name of 100 characters outside the basic plane', orderWith({ name: '𝔸'.repeat(100) })],
    [
      'every optional field',
      orderWith(
        {
          regionId: 77,
          paymentMethodId: 1,
          vatNumber: '7700000000',
          legalEntityTypeId: 2,
          name: 'ООО «Пример»',
          firstname: 'Анна',
          surname: 'Иванова',
          email: 'a@example.test',
          writeRemote: true,
        },
        { email: 'b@example.test', name: 'Анна', phone: '+79161234567', amount: 100 },
      ),
    ],
  ])('%s', (_name, order) => {
    expect(validateCreateOrder(order)).toEqual([]);
  });
});

describe('validateCreateOrder points at', () => {
  it.each<[string, unknown, string[]]>([
    ['a line without a type', orderWith({}, { type: undefined }), ['/orderData/0/type']],
    ['a type out of the contract', orderWith({}, { type: 'giftcard' }), ['/orderData/0/type']],
    ['an own card without its number', orderWith({}, { cardNumber: undefined }), ['/orderData/0/cardNumber']],
    ['a card number sent as a number', orderWith({}, { cardNumber: 1234567890 }), ['/orderData/0/cardNumber']],
    ['a card number of 11 digits', orderWith({}, { cardNumber: '12345678901' }), ['/orderData/0/cardNumber']],
    ['a card number with a letter', orderWith({}, { cardNumber: '12345678O0' }), ['/orderData/0/cardNumber']],
    ['a new card without its kind and quantity', orderWith({}, { type: 'newcard' }), ['/orderData/0/cardTypeId']],
    [
      'a new card without a quantity',
      orderWith({ orderData: [{ ...NEW_CARD_LINE, quantity: undefined }] }),
      ['/orderData/0/quantity'],
    ],
    [
      'a kind of card sent as the text of the dictionary',
      orderWith({ orderData: [{ ...NEW_CARD_LINE, cardTypeId: '3' }] }),
      ['/orderData/0/cardTypeId'],
    ],
    ['a missing tariff', orderWith({}, { tariffId: undefined }), ['/orderData/0/tariffId']],
    ['a tariff with a fraction', orderWith({}, { tariffId: 1.5 }), ['/orderData/0/tariffId']],
    ['a tariff beyond 2^53', orderWith({}, { tariffId: 2 ** 53 }), ['/orderData/0/tariffId']],
    ['another currency', orderWith({}, { currencyId: 'USD' }), ['/orderData/0/currencyId']],
    ['an amount of zero', orderWith({}, { amount: 0 }), ['/orderData/0/amount']],
    ['a negative amount', orderWith({}, { amount: -1 }), ['/orderData/0/amount']],
    ['an amount of three decimals', orderWith({}, { amount: 1.005 }), ['/orderData/0/amount']],
    ['an amount of 1e-7', orderWith({}, { amount: 1e-7 }), ['/orderData/0/amount']],
    ['an amount of 1e300', orderWith({}, { amount: 1e300 }), ['/orderData/0/amount']],
    [
      'an amount of infinity',
      { ...orderWith({}), orderData: [{ ...NEW_CARD_LINE, amount: Infinity }] },
      ['/orderData/0/amount'],
    ],
    ['a quantity of zero', orderWith({}, { quantity: 0 }), ['/orderData/0/quantity']],
    ['a phone without +7', orderWith({ phone: '89161234567' }), ['/phone']],
    ['a phone of 17 characters', orderWith({ phone: '+7123456789012345' }), ['/phone']],
    ['no phone at all', orderWith({ phone: undefined }), ['/orderData/0/phone']],
    ['null where a field may be left out', orderWith({ regionId: null }), ['/regionId']],
    ['a tax number of 13 digits', orderWith({ vatNumber: '1234567890123' }), ['/vatNumber']],
    ['a name of 101 characters', orderWith({ name: 'я'.repeat(101) }), ['/name']],
    ['a name with half a surrogate pair', orderWith({ name: 'a\ud800' }), ['/name']],
    ['a name with a NUL', orderWith({ name: 'a\u0000' }), ['/name']],
    ['an e-mail without @', orderWith({ email: 'example.test' }), ['/email']],
    ['writeRemote as a text', orderWith({ writeRemote: 'true' }), ['/writeRemote']],
    ['a missing list of lines', { phone: '+71044826548' }, ['/orderData']],
    ['an empty list of lines', orderWith({ orderData: [] }), ['/orderData']],
    [
      'a line that is not an object',
      orderWith({ orderData: [null, 1, []] }),
      ['/orderData/0', '/orderData/1', '/orderData/2'],
    ],
    ['an unknown field of the order', orderWith({ msgType: 'app_create_order' }), ['/msgType']],
    ['an unknown field of a line', orderWith({}, { Phone: '+71044826548' }), ['/orderData/0/Phone']],
    ['a name with / and ~ escaped as RFC 6901 has it', orderWith({ 'a/b~c': 1 }), ['/a~1b~0c']],
  ])('%s', (_name, order, expected) => {
    expect(pointers(order)).toEqual(expected);
  });

  it('each of several faults once', () => {
    expect(
      pointers(orderWith({ phone: 'x', extra: 1 }, { tariffId: 0, type: 'newcard', quantity: undefined })),
    ).toEqual(['/phone', '/extra', '/orderData/0/cardTypeId', '/orderData/0/tariffId', '/orderData/0/quantity']);
  });
});

describe('validateCreateOrder holds against', () => {
  it.each([null, undefined, 1, 'text', true, [], [{}]])('a value that is no object: %p', (value) => {
    expect(validateCreateOrder(value)).toEqual([{ pointer: '', detail: 'The order must be an object.' }]);
  });

  it('fields named like parts of every object', () => {
    const order = parse(EXAMPLE_ORDER_TEXT.replace('{', '{"__proto__":{"phone":"x"},"constructor":1,"toString":2,'));
    expect(pointers(order)).toEqual(['/__proto__', '/constructor', '/toString']);
    expect(({} as Record<string, unknown>)['phone']).toBeUndefined();
  });

  it('fields that are only inherited', () => {
    expect(pointers(Object.create(orderWith({})))).toEqual(['/orderData']);
  });

  it('a list of a million lines, without looking at them', () => {
    expect(pointers({ phone: '+71044826548', orderData: Array.from({ length: 1_000_000 }, () => 0) })).toEqual([
      '/orderData',
    ]);
  });

  it('more faults than anyone reads', () => {
    const order = { orderData: Array.from({ length: 1_000 }, () => ({ a: 1, b: 2, c: 3 })) };
    expect(validateCreateOrder(order)).toHaveLength(MAX_FAULTS);
    const fields = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`f${index}`, index]));
    expect(validateCreateOrder(orderWith(fields))).toHaveLength(MAX_FAULTS);
  });

  it('a value nested 100,000 deep', () => {
    const deep = parse('['.repeat(100_000) + ']'.repeat(100_000));
    expect(pointers({ ...orderWith({}), name: deep })).toEqual(['/name']);
    expect(pointers({ ...orderWith({}), orderData: [deep] })).toEqual(['/orderData/0']);
  });
});

describe('validateCreateOrder keeps', () => {
  it('personal data out of its sentences', () => {
    const order = orderWith(
      { phone: '+7916SECRET', name: 'SECRET'.repeat(50), email: 'SECRET', vatNumber: 'SECRET' },
      { cardNumber: 'SECRET', phone: 'SECRET', email: 'SECRET', name: 'SECRET'.repeat(50) },
    );
    const faults = validateCreateOrder(order);
    expect(faults).toHaveLength(8);
    expect(JSON.stringify(faults)).not.toContain('SECRET');
  });

  it('the order untouched, down to the order of its keys', () => {
    const order = parse(EXAMPLE_ORDER_TEXT);
    validateCreateOrder(order);
    expect(JSON.stringify(order)).toBe(EXAMPLE_ORDER_TEXT);
  });
});
