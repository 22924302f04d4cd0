import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readSearchQuery } from '../index.js';

const code = (query: Parameters<typeof readSearchQuery>[0]): string => {
  const search = readSearchQuery(query);
  return search.ok ? 'ok' : search.error.code;
};

describe('readSearchQuery', () => {
  it('gives all three parameters in their normal form', () => {
    expect(readSearchQuery({ msisdn: '+7 916 123-45-67', email: 'Anna@Example.com', birthDate: '1990-01-01' })).toEqual(
      {
        ok: true,
        value: { msisdn: '79161234567', email: 'anna@example.com', birthDate: '1990-01-01' },
      },
    );
  });

  it('omits parameters that were not given', () => {
    expect(readSearchQuery({ email: 'anna@example.com' })).toEqual({ ok: true, value: { email: 'anna@example.com' } });
  });

  it('ignores unknown parameters', () => {
    expect(readSearchQuery({ msisdn: '79161234567', loyalty: 'x', constructor: 'y' })).toEqual({
      ok: true,
      value: { msisdn: '79161234567' },
    });
  });

  it('tolerates the spelling birthdate', () => {
    expect(readSearchQuery({ birthdate: '1990-01-01' })).toEqual({ ok: true, value: { birthDate: '1990-01-01' } });
    expect(code({ birthdate: '1990-01-01', birthDate: '1990-01-01' })).toBe('ok');
    expect(code({ birthdate: '1990-01-01', birthDate: '1991-01-01' })).toBe('2006');
  });

  it('reads an unencoded plus of a phone and of an e-mail, which arrives as a space', () => {
    const query = Object.fromEntries(new URLSearchParams('msisdn=+79161234567&email=anna+cards@example.com'));
    expect(readSearchQuery(query)).toEqual({
      ok: true,
      value: { msisdn: '79161234567', email: 'anna+cards@example.com' },
    });
  });

  it('counts empty values as absent', () => {
    expect(code({ msisdn: '', email: ' ' })).toBe('2105');
    expect(code({ msisdn: '', email: 'anna@example.com' })).toBe('ok');
    expect(code({ msisdn: ['', '79161234567'] })).toBe('ok');
  });

  it('refuses a search without a parameter', () => {
    expect(code({})).toBe('2105');
    expect(code({ phone: '79161234567' })).toBe('2105');
  });

  it('refuses a parameter repeated with different values, and takes one repeated with the same', () => {
    expect(code({ msisdn: ['79161234567', '79161234568'] })).toBe('2006');
    expect(code({ msisdn: ['79161234567', '79161234567'] })).toBe('ok');
  });

  it.each([
    [{ msisdn: 'abc' }, '2101', 'msisdn'],
    [{ msisdn: '1234567890123456' }, '2101', 'msisdn'],
    [{ msisdn: '79161234567', email: 'anna' }, '2102', 'email'],
    [{ birthdate: '1990-02-30' }, '2103', 'birthDate'],
  ])('refuses %j, names the parameter and does not repeat its value', (query, expected, field) => {
    const search = readSearchQuery(query);
    if (search.ok) throw new Error('accepted');
    expect(search.error.code).toBe(expected);
    expect(search.error.description).toContain(field);
    for (const value of Object.values(query)) expect(search.error.description).not.toContain(value);
  });

  it('never throws, and never quotes a value', () => {
    const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined));
    fc.assert(
      fc.property(fc.record({ msisdn: value, email: value, birthDate: value, birthdate: value }), (query) => {
        const search = readSearchQuery(query);
        if (search.ok) expect(Object.keys(search.value)).not.toHaveLength(0);
        else expect(search.error.code).toMatch(/^(2006|21\d\d)$/);
      }),
    );
  });
});
