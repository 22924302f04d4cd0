import { describe, expect, it } from '@jest/globals';
import { parseExactJson } from './exact-json.js';

describe('reading JSON without losing digits', () => {
  it.each<[string, unknown]>([
    ['9007199254740993', '9007199254740993'],
    ['9007199254740991', 9007199254740991],
    ['-9007199254740993', '-9007199254740993'],
    ['9007199254740992', 9007199254740992],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['2800.50', 2800.5],
    ['0.1', 0.1],
    ['1e400', '1e400'],
    ['1e-400', '1e-400'],
    ['1e3', 1000],
    ['0e5', 0],
    ['1.7976931348623157e+308', 1.7976931348623157e308],
  ])('%s is %j', (text, value) => {
    expect(parseExactJson(text)).toEqual(value);
    expect(parseExactJson(`{"a":[${text},{"b":${text}}]}`)).toEqual({ a: [value, { b: value }] });
  });

  it('does not change strings, with any digits and quotes in them', () => {
    const json = '{"9007199254740993":"say \\"9007199254740993\\", 1e400","n":9007199254740993}';
    const text = 'say "9007199254740993", 1e400';
    expect(parseExactJson(json)).toEqual({ '9007199254740993': text, n: '9007199254740993' });
  });

  it('refuses text that is not JSON', () => {
    expect(() => parseExactJson('{"a":9007199254740993')).toThrow(SyntaxError);
  });
});
