import { describe, expect, it } from '@jest/globals';
import { LINE_RULES, ORDER_RULES, validateCreateOrder } from '@vestibule/troika-contract';
import { schemaCheckOf } from '../../http/openapi/testing/schema-check.js';
import { OPENAPI } from '../openapi/openapi.js';

const fits = (order: unknown): boolean => schemaCheckOf(OPENAPI)('/components/schemas/CreateOrder')(order).length === 0;
const passes = (order: unknown): boolean => validateCreateOrder(order).length === 0;

const OWN_CARD = {
  type: 'owncard',
  cardNumber: '0000000001',
  tariffId: 2671,
  currencyId: 'RUB',
  phone: '+79161234567',
};
const NEW_CARD = {
  type: 'newcard',
  cardTypeId: 3,
  tariffId: 2671,
  currencyId: 'RUB',
  quantity: 2,
  phone: '+79161234567',
};
const ORDER = { orderData: [OWN_CARD, NEW_CARD], phone: '+79161234567' };

/** Values that stand near the border of one rule or another. Of an amount's decimals a schema can say nothing. */
// prettier-ignore
const VALUES: readonly unknown[] = [
  null, true, 0, 1, -1, 1.5, 0.01, 100, 2 ** 53, 2 ** 53 - 1, 1e21, '', ' ', '1', 'RUB', 'rub', 'newcard', 'owncard',
  '0000000001', '12345678901', '123456789012', '1234567890123', '1234567890\n', '١٢٣', '+71044826548', '+7104482654',
  '+7123456789012345', 'a@b', '@b', 'a@b@c', `${'a'.repeat(98)}@b`, `${'a'.repeat(99)}@b`, 'я'.repeat(100),
  'я'.repeat(101), '𝔸'.repeat(100), '𝔸'.repeat(101), '\ud800', '\u0000', [], {}, [1],
];

describe('the schema of an order', () => {
  it('has the fields of the rules that check it, and asks for the same ones', () => {
    for (const name of ['toString', 'Phone', 'msgType', '__proto__']) {
      const order = JSON.parse(JSON.stringify(ORDER).replace('{', `{"${name}":1,`)) as unknown;
      expect([name, fits(order), passes(order)]).toEqual([name, false, false]);
    }
    for (const name of ORDER_RULES.keys()) {
      const { [name]: _dropped, ...order } = ORDER as Record<string, unknown>;
      expect([name, fits(order)]).toEqual([name, passes(order)]);
    }
    for (const line of [OWN_CARD, NEW_CARD] as Record<string, unknown>[]) {
      for (const name of LINE_RULES.keys()) {
        const { [name]: _dropped, ...less } = line;
        expect([name, fits({ orderData: [less] })]).toEqual([name, passes({ orderData: [less] })]);
      }
    }
  });

  it('gives the verdict of the rules on every border value in every field', () => {
    const verdicts = { true: 0, false: 0 };
    const compare = (order: unknown, of: unknown): void => {
      const fast = passes(order);
      verdicts[`${fast}`] += 1;
      expect([of, fits(order)]).toEqual([of, fast]);
    };
    for (const value of VALUES) {
      for (const name of ORDER_RULES.keys()) compare({ ...ORDER, [name]: value }, [name, value]);
      for (const name of LINE_RULES.keys()) {
        if (name === 'amount' && typeof value === 'number') continue;
        compare({ orderData: [{ ...OWN_CARD, [name]: value }] }, ['owncard', name, value]);
        compare({ orderData: [{ ...NEW_CARD, [name]: value }] }, ['newcard', name, value]);
      }
    }
    expect(Math.min(verdicts.true, verdicts.false)).toBeGreaterThan(50);
  });

  it('takes every amount that the rules take', () => {
    for (const amount of [0.01, 0.29, 1.1, 500, 14_999.99, 90_071_992_547_409.9]) {
      const order = { orderData: [{ ...OWN_CARD, amount }] };
      expect([amount, passes(order), fits(order)]).toEqual([amount, true, true]);
    }
    for (const amount of [0, -1, '5', null, 1e15]) {
      const order = { orderData: [{ ...OWN_CARD, amount }] };
      expect([amount, passes(order), fits(order)]).toEqual([amount, false, false]);
    }
  });
});
