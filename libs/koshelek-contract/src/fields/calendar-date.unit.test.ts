import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isBirthDate, normaliseDate } from '../index.js';

describe('normaliseDate', () => {
  it.each(['1990-01-01', '2000-02-29', '2024-02-29', '1999-12-31'])('reads %s', (date) => {
    expect(normaliseDate(` ${date} `)).toBe(date);
  });

  it.each([
    '',
    '1990-1-1',
    '01.01.1990',
    '1990-13-01',
    '1990-00-10',
    '1990-04-31',
    '1900-02-29',
    '2023-02-29',
    '0000-01-01',
    '1990-01-01T00:00',
  ])('refuses %j', (text) => {
    expect(normaliseDate(text)).toBeUndefined();
  });

  it('agrees with the calendar on every day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 9999 }), fc.nat(13), fc.nat(32), (year, month, day) => {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const date = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
        expect(normaliseDate(text)).toBe(exists ? text : undefined);
      }),
    );
  });
});

describe('isBirthDate', () => {
  const now = new Date('2026-03-17T12:00:00Z');

  it.each(['1900-01-01', '1990-04-12', '2026-03-17', '2026-03-18'])('takes %s', (date) => {
    expect(isBirthDate(date, now)).toBe(true);
  });

  it.each(['0001-01-01', '1899-12-31', '2026-03-19', '2099-01-01', '9999-12-31'])('refuses %s', (date) => {
    expect(isBirthDate(date, now)).toBe(false);
  });
});
