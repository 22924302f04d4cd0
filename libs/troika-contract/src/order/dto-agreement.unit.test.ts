import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import * as fc from 'fast-check';
import { NEW_CARD_LINE, EXAMPLE_ORDER_TEXT, orderWith } from '../testing/orders.js';
import { CreateOrderDto } from './create-order.dto.js';
import { LINE_RULES, ORDER_RULES } from './field-rules.js';
import { MAX_ORDER_LINES } from './patterns.js';
import { validateCreateOrder } from './validate-create-order.js';

function dtoAccepts(order: object): boolean {
  const dto = plainToInstance(CreateOrderDto, order);
  return validateSync(dto, { whitelist: true, forbidNonWhitelisted: true }).length === 0;
}

/** Values near the border of one rule or another. */
// prettier-ignore
const borderValue = fc.constantFrom<unknown>(
  null, true, false, 0, 1, -1, 1.5, 0.01, 0.29, 1.005, 1e-7, 1e21, 2 ** 53, 2 ** 53 - 1, 100, 90071992547409.91,
  '', ' ', '1', '0', 'RUB', 'rub', 'newcard', 'owncard', '0000000001', '12345678901', '1234567890\n', '١٢٣',
  '+71044826548', '+7104482654', '+71234567890123', '+712345678901234', '+7123456789012345', '+71044826548\n',
  'a@b', '@b', 'a@', 'a@b@c', `${'a'.repeat(98)}@b`, `${'a'.repeat(99)}@b`, 'Анна', 'я'.repeat(100), 'я'.repeat(101),
  '𝔸'.repeat(100), '𝔸'.repeat(101), '\ud800', '\u0000', '\u200d', '\ufe0f'.repeat(101), [], {}, [1], ['+71044826548'],
);

const fieldValue = fc.oneof(
  { weight: 6, arbitrary: borderValue },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
const unknownName = fc.constantFrom('extra', 'Phone', 'msgType');
const change = (names: Iterable<string>): fc.Arbitrary<[string, unknown]> =>
  fc.tuple(
    fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: unknownName }),
    fieldValue,
  );

const exampleOrder = JSON.parse(EXAMPLE_ORDER_TEXT) as { orderData: object[] };
const exampleLine = exampleOrder.orderData[0] ?? {};

/** A valid object with a few fields taken away and a few replaced: about half of the orders stay valid. */
function variation(start: fc.Arbitrary<object>, names: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .tuple(start, fc.subarray([...names], { maxLength: 1 }), fc.array(change(names), { maxLength: 2 }))
    .map(([object, dropped, changes]) => {
      const kept = Object.entries(object).filter(([name]) => !dropped.includes(name));
      return Object.fromEntries([...kept, ...changes]);
    });
}

const line = variation(fc.constantFrom(exampleLine, NEW_CARD_LINE), [...LINE_RULES.keys()]);
const order = fc
  .tuple(
    variation(fc.constant(exampleOrder), [...ORDER_RULES.keys()]),
    fc.oneof(
      { weight: 8, arbitrary: fc.array(line, { minLength: 1, maxLength: 3 }) },
      { weight: 1, arbitrary: fieldValue },
    ),
    fc.boolean(),
  )
  .map(([fields, lines, replaceLines]) => (replaceLines ? { ...fields, orderData: lines } : fields));

describe('CreateOrderDto and validateCreateOrder', () => {
  it('give the same verdict on any order', () => {
    const seen = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(order, (candidate) => {
        const fast = validateCreateOrder(candidate).length === 0;
        seen[fast ? 'valid' : 'invalid'] += 1;
        expect(dtoAccepts(candidate)).toBe(fast);
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(300);
  });

  it('agree on every border value in every field', () => {
    const values = fc.sample(borderValue, { numRuns: 400, seed: 1 });
    for (const name of ORDER_RULES.keys()) {
      for (const value of values) {
        const candidate = { ...orderWith({}), [name]: value };
        expect([name, value, dtoAccepts(candidate)]).toEqual([
          name,
          value,
          validateCreateOrder(candidate).length === 0,
        ]);
      }
    }
  });

  it('differ only on names that every object inherits: class-transformer accepts those', () => {
    for (const name of ['toString', 'constructor', '__proto__']) {
      const candidate = JSON.parse(EXAMPLE_ORDER_TEXT.replace('{', `{"${name}":1,`)) as object;
      expect([name, dtoAccepts(candidate), validateCreateOrder(candidate).length]).toEqual([name, true, 1]);
    }
  });

  it('agree on the number of lines', () => {
    for (const count of [0, 1, MAX_ORDER_LINES, MAX_ORDER_LINES + 1]) {
      const candidate = { ...orderWith({}), orderData: Array.from({ length: count }, () => exampleLine) };
      expect([count, dtoAccepts(candidate)]).toEqual([count, validateCreateOrder(candidate).length === 0]);
    }
  });
});
