import { describe, expect, it } from '@jest/globals';
import {
  array,
  compileStringJson,
  leaf,
  object,
  optional,
  type Shape,
  StringJsonError,
  type StringJsonProblem,
  stringifyStrings,
} from './index.js';

/** What a serializer threw. */
function refusalOf(serialize: () => string): { path: string; problem: string; message: string } {
  try {
    serialize();
  } catch (error) {
    if (error instanceof StringJsonError) return { path: error.path, problem: error.problem, message: error.message };
    throw error;
  }
  throw new Error('expected a refusal');
}

/** An answer with an amount two levels and two elements in. */
const withAmount = (amount: unknown): unknown => ({
  card: { name: 'x', bonuses: [{ amount: 1 }, null, { amount }] },
});

const ELEMENTARY: [string, unknown, StringJsonProblem, string][] = [
  ['NaN', Number.NaN, 'not-finite', 'NaN and Infinity have no JSON form'],
  ['Infinity', Number.POSITIVE_INFINITY, 'not-finite', 'NaN and Infinity have no JSON form'],
  ['-Infinity', Number.NEGATIVE_INFINITY, 'not-finite', 'NaN and Infinity have no JSON form'],
  ['a function', () => 1, 'function', 'a function has no JSON form'],
  ['a class', class {}, 'function', 'a function has no JSON form'],
  ['a symbol', Symbol('s'), 'symbol', 'a symbol has no JSON form'],
  ['an invalid Date', new Date(Number.NaN), 'invalid-date', 'the Date is invalid'],
];

const WITHOUT_FORM: [string, unknown][] = [
  ['a Map', new Map([['a', 1]])],
  ['a Set', new Set([1])],
  ['a WeakMap', new WeakMap()],
  ['a RegExp', /a/],
  ['an Error', new Error('x')],
  ['a Promise', Promise.resolve(1)],
  ['a typed array', new Uint8Array(2)],
  ['a Buffer, though it has a toJSON', Buffer.from('ab')],
  ['an ArrayBuffer', new ArrayBuffer(2)],
  ['a boxed number', Object(1) as unknown],
  ['a boxed text', Object('a') as unknown],
  ['an iterator', [1].values()],
];

describe('refusals of stringifyStrings', () => {
  it.each(ELEMENTARY)('names the path of %s', (_what, value, problem, reason) => {
    const path = '$.card.bonuses[2].amount';
    const answer = { card: { name: 'x', bonuses: [{ amount: 1 }, null, { first: [1, 2], amount: value }] } };
    expect(refusalOf(() => stringifyStrings(answer))).toEqual({ problem, path, message: `${path}: ${reason}` });
    expect(refusalOf(() => stringifyStrings(value)).path).toBe('$');
  });

  it.each(WITHOUT_FORM)('refuses %s, which has no obvious form', (_what, value) => {
    expect(refusalOf(() => stringifyStrings({ a: [value] }))).toMatchObject({
      problem: 'no-json-form',
      path: '$.a[0]',
    });
    expect(refusalOf(() => stringifyStrings(value))).toMatchObject({ problem: 'no-json-form', path: '$' });
  });

  it('refuses what a toJSON gives, too', () => {
    expect(refusalOf(() => stringifyStrings({ a: { toJSON: () => Number.NaN } }))).toMatchObject({
      problem: 'not-finite',
      path: '$.a',
    });
  });

  it('names the path at which a cycle closes', () => {
    const answer: Record<string, unknown> = { before: { a: [1] } };
    answer['card'] = { list: [0, { back: answer }] };
    expect(refusalOf(() => stringifyStrings(answer))).toMatchObject({ problem: 'cycle', path: '$.card.list[1].back' });
    const list: unknown[] = [];
    list.push(list);
    expect(refusalOf(() => stringifyStrings(list))).toMatchObject({ problem: 'cycle', path: '$[0]' });
  });

  it('refuses the 65th level, and so a toJSON that never ends', () => {
    let value: unknown = 1;
    for (let level = 0; level < 65; level += 1) value = [value];
    expect(refusalOf(() => stringifyStrings(value))).toMatchObject({
      problem: 'too-deep',
      path: `$${'[0]'.repeat(64)}`,
    });

    const endless = (): object => ({ next: { toJSON: endless } });
    expect(refusalOf(() => stringifyStrings(endless())).problem).toBe('too-deep');
  });

  it('refuses hostile nesting without exhausting the stack', () => {
    let value: unknown = 1;
    for (let level = 0; level < 200_000; level += 1) value = { a: value };
    expect(refusalOf(() => stringifyStrings(value)).problem).toBe('too-deep');
  });

  it.each([
    ['bar code', '$["bar code"]'],
    ['', '$[""]'],
    ['1', '$["1"]'],
    ['a"b', String.raw`$["a\"b"]`],
    ['имя', '$.имя'],
    ['$_1', '$.$_1'],
    ['__proto__', '$.__proto__'],
  ])('writes the key %j into a path as JavaScript would', (key, path) => {
    expect(refusalOf(() => stringifyStrings(Object.fromEntries([[key, Number.NaN]]))).path).toBe(path);
  });

  it('is a TypeError with its own name', () => {
    expect(() => stringifyStrings(Number.NaN)).toThrow(TypeError);
    expect(new StringJsonError('cycle', '$.a').name).toBe('StringJsonError');
  });
});

describe('refusals of a compiled serializer', () => {
  const shape = object({ card: object({ name: leaf(), bonuses: array(optional(object({ amount: leaf() }))) }) });
  const serialize = compileStringJson<unknown>(shape);

  it.each(ELEMENTARY)('are those of the general one for %s', (_what, value) => {
    const answer = withAmount(value);
    expect(refusalOf(() => serialize(answer))).toEqual(refusalOf(() => stringifyStrings(answer)));
  });

  it.each(WITHOUT_FORM)(
    'are those of the general one for %s instead of a leaf, an object or an array',
    (_what, value) => {
      for (const answer of [withAmount(value), { card: value }, { card: { name: 'x', bonuses: value } }]) {
        expect(refusalOf(() => serialize(answer))).toEqual(refusalOf(() => stringifyStrings(answer)));
      }
    },
  );

  it.each<[string, Shape, unknown, string, string]>([
    ['an object for a leaf', object({ a: leaf() }), { a: {} }, 'not-elementary', '$.a'],
    ['a list for a leaf', object({ a: leaf() }), { a: [] }, 'not-elementary', '$.a'],
    ['a text for an object', array(object({})), [{}, 'x'], 'not-an-object', '$[1]'],
    ['a list for an object', object({ a: object({}) }), { a: [] }, 'not-an-object', '$.a'],
    ['a Date for an object', object({}), new Date(0), 'not-an-object', '$'],
    ['an object for a list', object({ a: array(leaf()) }), { a: {} }, 'not-an-array', '$.a'],
    ['a text for a list', array(leaf()), 'ab', 'not-an-array', '$'],
    ['a field that is not there', object({ a: object({ b: leaf() }) }), { a: {} }, 'missing', '$.a.b'],
    ['a field that is null', object({ a: leaf() }), { a: null }, 'missing', '$.a'],
    ['a toJSON that gives nothing', object({ a: leaf() }), { a: { toJSON: () => null } }, 'missing', '$.a'],
    ['an element that is undefined', array(leaf()), ['x', undefined], 'missing', '$[1]'],
    ['nothing at all', object({}), undefined, 'missing', '$'],
  ])('name the path of %s', (_what, shape, value, problem, path) => {
    for (const nulls of ['omit', 'empty'] as const) {
      const compiled = compileStringJson<unknown>(shape, { nulls });
      expect(refusalOf(() => compiled(value))).toMatchObject({ problem, path });
    }
  });

  it('never repeat a value', () => {
    for (const value of [{ card: 'Ivanova' }, { card: { name: ['Ivanova'] } }, { card: { name: Symbol('Ivanova') } }]) {
      expect(refusalOf(() => serialize(value)).message).not.toContain('Ivanova');
    }
  });

  it('come when it is compiled, for a shape that nests too deep', () => {
    let shape: Shape = leaf();
    for (let level = 0; level < 64; level += 1) shape = array(shape);
    expect(() => compileStringJson(shape)).not.toThrow();
    expect(() => compileStringJson(array(shape))).toThrow(new RangeError('the shape nests deeper than 64 levels'));
  });
});
