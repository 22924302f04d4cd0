import { describe, expect, it } from '@jest/globals';
import {
  formatChange,
  formatDay,
  formatDecimal,
  formatKopecks,
  formatPhone,
  formatPrinted,
  formatRoubles,
} from './format.js';

describe('a number for people', () => {
  it.each([
    ['0', '0'],
    ['100.50', '100.50'],
    ['-12345.5', '−12,345.5'],
    ['1234567', '1,234,567'],
    ['9007199254740993.0001', '9,007,199,254,740,993.0001'],
  ])('%s is shown digit by digit as %s', (decimal, shown) => expect(formatDecimal(decimal)).toBe(shown));

  it('has its sign where it is a change', () => {
    expect([formatChange('5'), formatChange('-5')]).toEqual(['+5', '−5']);
  });

  it.each([
    ['2800', '2,800 ₽'],
    ['63.5', '63.50 ₽'],
    ['-1234.00', '−1,234 ₽'],
    ['0.125', '0.125 ₽'],
  ])('%s roubles are %s', (roubles, shown) => expect(formatRoubles(roubles)).toBe(shown));

  it.each([
    ['5', '0.05 ₽'],
    ['123450', '1,234.50 ₽'],
    ['-99', '−0.99 ₽'],
  ])('%s kopecks are %s', (kopecks, shown) => expect(formatKopecks(kopecks)).toBe(shown));
});

describe('a day and a phone for people', () => {
  it('are the same in every time zone', () => {
    expect(formatDay('2026-05-01')).toBe('1 May 2026');
    expect(formatPrinted('2026-05-01T13:45:07')).toBe('1 May 2026, 13:45');
  });

  it('are grouped where the country is known', () => {
    expect(formatPhone('79161234567')).toBe('+7 916 123-45-67');
    expect(formatPhone('3726123456')).toBe('+3726123456');
  });
});
