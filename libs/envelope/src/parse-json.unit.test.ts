import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { JsonNumber, type JsonValue, MAX_JSON_DEPTH, parseJson, stringifyJson } from './index.js';

/** The value as JSON.parse would have given it. */
function toPlain(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return value.toNumber();
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, toPlain(field)]));
}

function nativeParse(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function expectSameAsNative(text: string): void {
  const native = nativeParse(text);
  const ours = parseJson(text);
  expect(ours.ok).toBe(native.ok);
  if (!ours.ok || !native.ok) return;
  // Not toStrictEqual: it takes a field called `constructor` for the class of an object.
  expect(toPlain(ours.value)).toEqual(native.value);
  // The order of keys, which equality does not look at.
  expect(JSON.stringify(ours.value)).toBe(JSON.stringify(native.value));
}

function parsed(text: string): JsonValue {
  const result = parseJson(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const objects = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

const utf16Unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const anyKey = fc.oneof(
  fc.string({ unit: utf16Unit, maxLength: 4 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '0', '10', ''),
);
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.constantFrom('0', '7', '10', '9007199254740993', '123456789012345678901234567890'),
    fc.constantFrom('', '.0', '.50', '.000001'),
    fc.constantFrom('', 'e0', 'E5', 'e+21', 'e-7', 'e400', 'e-400'),
  )
  .map((parts) => parts.join(''));
const blank = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 2 });

/** Texts of valid JSON with every liberty the grammar has: whitespace, number forms, duplicate keys, raw U+2028. */
const { jsonText } = fc.letrec<{ jsonText: string; array: string; object: string }>((tie) => ({
  jsonText: fc
    .tuple(
      blank,
      fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('null', 'true', 'false'),
        numberText,
        fc.string({ unit: utf16Unit, maxLength: 6 }).map((text) => JSON.stringify(text)),
        tie('array'),
        tie('object'),
      ),
      blank,
    )
    .map((parts) => parts.join('')),
  array: fc.array(tie('jsonText'), { maxLength: 4 }).map((elements) => `[${elements.join(',')}]`),
  object: fc
    .array(fc.tuple(blank, anyKey, blank, tie('jsonText')), { maxLength: 4 })
    .map((fields) => `{${fields.map(([a, key, b, value]) => `${a}${JSON.stringify(key)}${b}:${value}`).join(',')}}`),
}));

/** A valid text with one piece cut out and another put in. */
const damagedText = fc
  .tuple(
    jsonText,
    fc.nat(),
    fc.nat(3),
    fc.string({
      unit: fc.constantFrom(...'{}[],:"\\/ub0189.eE+-tnfal \n\u0000\u001f\u00a0\u2028\ufeff'.split('')),
      maxLength: 2,
    }),
  )
  .map(([text, at, cut, put]) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + put + text.slice(from + cut);
  });

describe('parseJson', () => {
  it('reads every valid text as JSON.parse does', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(parseJson(text).ok).toBe(true);
        expectSameAsNative(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('accepts and refuses damaged texts as JSON.parse does', () => {
    fc.assert(fc.property(damagedText, expectSameAsNative), { numRuns: 3000 });
  });

  it('accepts and refuses random strings of JSON characters as JSON.parse does', () => {
    const soup = fc.string({
      unit: fc.constantFrom(...'{}[],:"\\u0019eE+-. a'.split(''), 'true', 'null'),
      maxLength: 8,
    });
    fc.assert(fc.property(soup, expectSameAsNative), { numRuns: 3000 });
  });

  it('writes back the exact text of every number', () => {
    fc.assert(fc.property(numberText, (text) => expect(stringifyJson(parsed(`[${text}]`))).toBe(`[${text}]`)));
  });

  it.each([
    ['an id beyond 2^53', '9007199254740993'],
    ['the zeros of a price', '2800.00'],
    ['an exponent', '1E+2'],
    ['a negative zero', '-0'],
    ['a number beyond every double', '1e400'],
  ])('keeps %s', (_what, text) => {
    expect(parsed(text)).toEqual(new JsonNumber(text));
  });

  it.each([
    ['an empty text', '', 0, 'expected a value at position 0, where the text ends'],
    ['a byte order mark', '\uFEFF{}', 0, 'expected a value at position 0'],
    ['a trailing comma in a list', '[1,]', 3, 'expected a value at position 3'],
    ['a trailing comma in an object', '{"a":1,}', 7, 'expected a key in double quotes at position 7'],
    ['a key without quotes', '{a:1}', 1, 'expected a key in double quotes at position 1'],
    ['a missing colon', '{"a" 1}', 5, 'expected ":" after a key at position 5'],
    ['a missing comma in an object', '{"a":1 "b":2}', 7, 'expected "," or "}" at position 7'],
    ['a missing comma in a list', '[1 2]', 3, 'expected "," or "]" at position 3'],
    ['a leading zero', '[01]', 2, 'expected "," or "]" at position 2'],
    ['trailing garbage', '{} x', 3, 'expected nothing after the value at position 3'],
    ['an open string', '"abc', 4, 'expected the end of a string at position 4, where the text ends'],
    ['a bare newline in a string', '"a\nb"', 2, 'expected no bare control character in a string at position 2'],
    ['an unknown escape', '"\\x"', 2, 'expected an escape of JSON after a backslash at position 2'],
    ['a short \\u escape', '"\\u12"', 3, 'expected four hexadecimal digits at position 3'],
    ['a word in capitals', 'True', 0, 'expected a value at position 0'],
    ['NaN', 'NaN', 0, 'expected a value at position 0'],
    ['a comment', '/**/1', 0, 'expected a value at position 0'],
    ['single quotes', "'a'", 0, 'expected a value at position 0'],
    ['a no-break space', '\u00a01', 0, 'expected a value at position 0'],
  ])('refuses %s and says where', (_what, text, position, message) => {
    expect(parseJson(text)).toEqual({ ok: false, error: { position, message } });
  });

  it('takes a __proto__ key as plain data', () => {
    const value = parsed('{"__proto__":{"admin":true},"a":1}');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'a']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect((value as Record<string, unknown>)['admin']).toBeUndefined();
    expect(stringifyJson(value)).toBe('{"__proto__":{"admin":true},"a":1}');
  });

  it('lets the last of duplicate keys win, a __proto__ key too', () => {
    expect(stringifyJson(parsed('{"a":1,"b":2,"a":3}'))).toBe('{"a":3,"b":2}');
    expect(stringifyJson(parsed('{"__proto__":1,"__proto__":2}'))).toBe('{"__proto__":2}');
  });

  it('reads as many levels of nesting as it promises, and refuses one more', () => {
    expect(parseJson(lists(MAX_JSON_DEPTH)).ok).toBe(true);
    expect(parseJson(objects(MAX_JSON_DEPTH)).ok).toBe(true);
    expect(parseJson(lists(MAX_JSON_DEPTH + 1))).toEqual({
      ok: false,
      error: { position: 64, message: 'expected at most 64 levels of nesting at position 64' },
    });
    expect(parseJson(objects(MAX_JSON_DEPTH + 1)).ok).toBe(false);
  });

  it('answers hostile nesting without exhausting the stack', () => {
    expect(parseJson('['.repeat(1_000_000)).ok).toBe(false);
    expect(parseJson('{"a":'.repeat(1_000_000)).ok).toBe(false);
  });

  it('reads a number and a string of millions of characters', () => {
    const digits = '9'.repeat(4_000_000);
    expect((parsed(digits) as JsonNumber).text === digits).toBe(true);
    expect(parsed(`"${digits}"`) === digits).toBe(true);
    expect(parseJson(`${digits}.`).ok).toBe(false);
  });

  it('never repeats the text in a message', () => {
    fc.assert(
      fc.property(damagedText, (text) => {
        const result = parseJson(`{"phone":"+79990000000" ${text}`);
        if (!result.ok) {
          expect(result.error.message).toMatch(
            /^expected (?:a value|a key in double quotes|":" after a key|"," or "[}\]]"|nothing after the value|the end of a string|no bare control character in a string|an escape of JSON after a backslash|four hexadecimal digits) at position \d+(?:, where the text ends)?$/,
          );
        }
      }),
    );
  });
});
