import { describe, expect, it } from '@jest/globals';
import { readRetryAfter } from './retry-after.js';

const NOW = Date.UTC(2026, 10, 24, 9, 30, 0);
const DATE = 'Tue, 24 Nov 2026 12:00:00 GMT';

describe('Retry-After', () => {
  it.each<[string | undefined, number | undefined]>([
    ['6', 6],
    [' 6 ', 6],
    ['0', 0],
    ['3600', 3600],
    ['3601', 3600],
    ['1000000', 3600],
    ['9'.repeat(400), 3600],
    ['Tue, 24 Nov 2026 09:30:08 GMT', 8],
    ['Tuesday, 24-Nov-26 09:30:08 GMT', 8],
    ['Tue Nov 24 09:30:08 2026', 8],
    ['Tue, 01 Dec 2026 09:30:08 GMT', 3600],
    ['Tue, 24 Nov 2026 09:29:00 GMT', 0],
    ['-1', undefined],
    ['+6', undefined],
    ['6.5', undefined],
    ['6s', undefined],
    ['soon', undefined],
    ['2026', 2026],
    ['2026-11-24T09:30:08Z', undefined],
    ['Tue, 99 Nov 2026 09:30:08 GMT', undefined],
    ['6, 7', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('of %j asks for %p seconds', (value, secs) => {
    expect(readRetryAfter({ 'retry-after': value }, NOW)).toBe(secs);
  });

  it('is a date by the clock of the server that wrote it', () => {
    const headers = { 'retry-after': 'Tue, 24 Nov 2026 12:00:08 GMT', date: DATE };
    expect(readRetryAfter(headers, NOW)).toBe(8);
    expect(readRetryAfter({ ...headers, date: 'yesterday' }, NOW)).toBe(3600);
  });
});
