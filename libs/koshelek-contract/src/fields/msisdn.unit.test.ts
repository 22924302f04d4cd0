import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isMsisdn, normaliseMsisdn, readMsisdn } from '../index.js';

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

  it('does not change a number of another country that begins with 8', () => {
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

  it.each([
    ['9160000401', '79160000401'],
    ['(916) 000-04-02', '79160000402'],
    ['4950000408', '74950000408'],
    ['8001234567', '78001234567'],
    ['3512223344', '73512223344'],
  ])('gives %j, ten digits of the +7 zone, its country code', (text, expected) => {
    expect(normaliseMsisdn(text)).toBe(expected);
  });

  it.each([
    ['\u202a+7 916 000-05-01\u202c', '79160000501'],
    ['79160000502\u200b', '79160000502'],
    ['\u200b 79160000502', '79160000502'],
    ['７９１６００００５０３', '79160000503'],
    ['＋７（９１６）０００－０５－０３', '79160000503'],
    ['7 916 000\u221205\u221204', '79160000504'],
    ["'+79160000505", '79160000505'],
    ['+7 916 000-05-06 доб. 12', '79160000506'],
    ['+7 916 000-05-06 ext 12', '79160000506'],
    ['7.916.000.05.07', '79160000507'],
    ['8 916\u202f000\u00a005 08', '79160000508'],
  ])('reads %j, copied from elsewhere, as %s', (text, expected) => {
    expect(normaliseMsisdn(text)).toBe(expected);
  });

  it.each([
    ['+789160000403', 'repeated-prefix'],
    ['+78916000040', 'repeated-prefix'],
    ['+7 (8916) 000-04-05', 'repeated-prefix'],
    ['8 8916 000-04-0', 'repeated-prefix'],
    ['8 10 7 916 000-04-07', 'repeated-prefix'],
    ['+89160000404', 'no-such-country'],
    ['8 7 916 000 04 05', 'no-such-country'],
    ['7 916 000 04 0', 'zone-7-length'],
    ['+7916000040', 'zone-7-length'],
    ['7 7 916 000 04 05', 'zone-7-length'],
    ['+7 916 000-04-051', 'zone-7-length'],
    ['+9160000401', 'no-country-code'],
    ['2120000000', 'no-country-code'],
    ['7916', 'length'],
    ['1234567890123456', 'length'],
    ['7916123456x', 'characters'],
  ])('refuses %j and says why: %s', (text, fault) => {
    expect(readMsisdn(text)).toEqual({ kind: 'fault', fault });
  });

  it('accepts its own form, in which a number of another country needs no plus', () => {
    expect(['79161234567', '84912345678', '4512345678', '375291234567'].every(isMsisdn)).toBe(true);
    expect(['+79161234567', '89161234567', '9161234567', '7916', ''].some(isMsisdn)).toBe(false);
  });

  it('accepts only eleven digits for a number of the +7 zone', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength: 5, maxLength: 15 });
    fc.assert(
      fc.property(digits, fc.constantFrom('', '+', '8', '+7', '7 ', '+7 8'), (rest, prefix) => {
        const msisdn = normaliseMsisdn(prefix + rest);
        if (msisdn?.startsWith('7') === true) expect(msisdn).toHaveLength(11);
      }),
    );
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
