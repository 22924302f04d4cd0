import { describe, expect, it } from '@jest/globals';
import { JsonNumber } from './index.js';

describe('JsonNumber', () => {
  it.each(['0', '-0', '2800', '2800.00', '-1.5', '1e21', '1E+2', '1.5e-7', '9007199254740993'])(
    'keeps the exact text of %s',
    (text) => {
      const number = new JsonNumber(text);
      expect(number.text).toBe(text);
      expect(number.toString()).toBe(text);
      expect(String(number)).toBe(text);
      expect(number.toNumber()).toBe(Number(text));
    },
  );

  it.each(['', ' 1', '1 ', '+1', '01', '.5', '1.', '1e', '0x10', '1_000', 'NaN', 'Infinity', '-', '1\n', '１'])(
    'refuses %j, which JSON does not call a number',
    (text) => {
      expect(() => new JsonNumber(text)).toThrow(new TypeError('not the text of a JSON number'));
    },
  );

  it('gives JSON.stringify the rounded number', () => {
    expect(JSON.stringify({ id: new JsonNumber('9007199254740993') })).toBe('{"id":9007199254740992}');
  });
});
