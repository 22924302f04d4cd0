import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { normaliseMsisdn } from '../index.js';

describe('normaliseMsisdn', () => {
  it.each([
    ['79161234567', '79161234567'],
    ['+79161234567', '79161234567'],
    ['+7 (916) 123-45-67', '79161234567'],
    ['8 (916) 123\u201145\u201367', '79161234567'],
    ['8\u00a0916\u00a01234567', '79161234567'],
    ['84912445566', '74912445566'],
    ['87011234567', '77011234567'],
    ['375291234567', '375291234567'],
    ['123456789012345', '123456789012345'],
  ])('reads %j as %s', (text, expected) => {
    expect(normaliseMsisdn(text)).toBe(expected);
  });

  it('reads the space a query string makes of a plus', () => {
    expect(normaliseMsisdn(' 79161234567')).toBe('79161234567');
  });

  it('leaves a number of another country that begins with 8 alone', () => {
    expect(normaliseMsisdn('85212345678')).toBe('85212345678');
    expect(normaliseMsisdn('+84912345678')).toBe('84912345678');
    expect(normaliseMsisdn(' 84912345678')).toBe('84912345678');
  });

  it.each([
    '',
    '+',
    'abc',
    '7916123456x',
    '7+9161234567',
    '++79161234567',
    '123456',
    '1234567890123456',
    '0079161234567',
  ])('refuses %j', (text) => {
    expect(normaliseMsisdn(text)).toBeUndefined();
  });

  it('gives digits of the documented length or nothing, and the same again for its own result', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789+ ()-'.split('')) });
    fc.assert(
      fc.property(text, (given) => {
        const msisdn = normaliseMsisdn(given);
        if (msisdn === undefined) return;
        expect(msisdn).toMatch(/^[1-9]\d{6,14}$/);
        expect(normaliseMsisdn(`+${msisdn}`)).toBe(msisdn);
      }),
    );
  });
});
