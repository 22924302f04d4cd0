import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { sortedJson, sortedRootValues } from './sorted-json.js';

const bytes = (text: string): Buffer => Buffer.from(text);
const PASSWORD = { key: 'Password', value: bytes('secret') };
const rootValues = (text: string, extra?: typeof PASSWORD): string | undefined => {
  const values = sortedRootValues(bytes(text), extra);
  return values === undefined ? undefined : Buffer.from(values).toString();
};

describe('sortedJson', () => {
  it.each([
    ['{"b":1,"a":{"d":[],"c":{}}}', '{"a":{"c":{},"d":[]},"b":1}'],
    ['[{"b":1,"a":2},[3,{"z":0,"y":0}]]', '[{"a":2,"b":1},[3,{"y":0,"z":0}]]'],
    [' { "b" : [ 1 , 2 ] ,\n\t"a" : "x y" }\r\n', '{"a":"x y","b":[1,2]}'],
    ['{"b":true,"a":null,"":false}', '{"":false,"a":null,"b":true}'],
    ['"alone"', '"alone"'],
    [' 12.50 ', '12.50'],
  ])('writes %j as %j', (text, expected) => {
    expect(sortedJson(bytes(text))).toBe(expected);
  });

  it('keeps the exact text of numbers and strings', () => {
    const text = String.raw`{"amount":2800.00,"big":9007199254740993,"exp":1E+2,"neg":-0,"s":"\u0041\/\"{,}"}`;
    expect(sortedJson(bytes(text))).toBe(text);
  });

  it('orders keys by what they say, not by how they are escaped, and by UTF-8 bytes', () => {
    expect(sortedJson(bytes(String.raw`{"b":1,"\u0061":2}`))).toBe(String.raw`{"\u0061":2,"b":1}`);
    // U+FF5E sorts before U+1F600 in UTF-8, after it in UTF-16.
    expect(sortedJson(bytes('{"😀":1,"～":2,"Z":3,"a":4}'))).toBe('{"Z":3,"a":4,"～":2,"😀":1}');
  });

  it('says the same as the JSON it was given, in key order', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom('', ' ', '\n\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const sorted = sortedJson(bytes(text));
        expect(sorted).toBeDefined();
        expect(JSON.parse(sorted!)).toEqual(JSON.parse(text));
        expect(sortedJson(bytes(sorted!))).toBe(sorted);
      }),
    );
  });

  it.each([
    ['nothing', bytes('')],
    ['a form', bytes('a=1')],
    ['two values', bytes('{}{}')],
    ['a cut object', bytes('{"a":1')],
    ['a trailing comma', bytes('{"a":1,}')],
    ['a byte order mark', bytes('\uFEFF{}')],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['nesting without end', bytes(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['nesting one too deep', bytes(`${'['.repeat(65)}${']'.repeat(65)}`)],
  ])('gives nothing for %s', (_, body) => {
    expect(sortedJson(body)).toBeUndefined();
  });

  it('follows nesting to the depth of 64', () => {
    const text = `${'['.repeat(64)}${']'.repeat(64)}`;
    expect(sortedJson(bytes(text))).toBe(text);
  });
});

describe('sortedRootValues', () => {
  it('joins the plain values in key order and leaves objects and lists out', () => {
    const text =
      '{"TerminalKey":"T1","Amount":19200.0,"Receipt":{"x":1},"Items":[1],"Ok":true,"Note":null,"D":"a\\n\\u0416"}';
    expect(rootValues(text)).toBe('19200.0a\nЖtrueT1');
  });

  it('treats the secret as a field that replaces one of the same name', () => {
    expect(rootValues('{"TerminalKey":"T","Amount":1}', PASSWORD)).toBe('1secretT');
    expect(rootValues('{"TerminalKey":"T","Password":"theirs"}', PASSWORD)).toBe('secretT');
  });

  it.each(['[1]', '1', 'null', '{}', '{"message":{"head":{}}}', '{"a":[1]}', 'no'])(
    'gives nothing for %s: that signature would be the same for every request',
    (text) => {
      expect(rootValues(text)).toBeUndefined();
      expect(rootValues(text, PASSWORD)).toBeUndefined();
    },
  );
});
