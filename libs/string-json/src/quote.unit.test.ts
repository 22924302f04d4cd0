import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { quote } from './quote.js';
import { anyText } from './testing/arbitraries.js';

describe('quote', () => {
  it.each([
    ['a quote', '"', String.raw`"\""`],
    ['a backslash', '\\', String.raw`"\\"`],
    ['a newline', '\n', String.raw`"\n"`],
    ['NUL', '\u0000', String.raw`"\u0000"`],
    ['the last control character', '\u001f', String.raw`"\u001f"`],
    ['U+2028', 'a\u2028b', String.raw`"a\u2028b"`],
    ['U+2029', 'a\u2029b', String.raw`"a\u2029b"`],
    ['a lone high surrogate', '\ud83d', String.raw`"\ud83d"`],
    ['a lone low surrogate', '\ude00x', String.raw`"\ude00x"`],
    ['surrogates in the wrong order', '\ude00\ud83d', String.raw`"\ude00\ud83d"`],
  ])('escapes %s', (_what, text, json) => {
    expect(quote(text)).toBe(json);
  });

  it.each(['', ' ', 'Иван', '😀', '/', '\u007f', '\u00a0', '\ufeff', '\uffff', "'<>&"])(
    'writes %j as it is',
    (text) => {
      expect(quote(text)).toBe(`"${text}"`);
    },
  );

  it('is JSON.stringify in all but U+2028 and U+2029', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
        expect(quote(text)).toBe(escaped);
        expect(JSON.parse(quote(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('makes a text that survives UTF-8, from any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(Buffer.from(quote(text), 'utf8').toString('utf8')).toBe(quote(text));
      }),
    );
  });
});
