import { describe, expect, it } from '@jest/globals';
import { dayIn, lastDays, startOf } from './days.js';

/** 01:30 in Moscow, and still the day before in UTC. */
const NIGHT = new Date('2026-11-26T22:30:00Z');

describe('a calendar day', () => {
  it('is that of the zone, also after midnight', () => {
    expect(dayIn(NIGHT, 'Europe/Moscow')).toBe('2026-11-27');
    expect(dayIn(NIGHT.toISOString(), 'UTC')).toBe('2026-11-26');
  });

  it('is the last one of a period that ends today, which has as many days as asked for', () => {
    expect(lastDays(30, NIGHT, 'Europe/Moscow')).toEqual({ from: '2026-10-29', to: '2026-11-27' });
    // The clocks were put back on 25 October.
    expect(lastDays(34, NIGHT, 'Europe/Berlin')).toEqual({ from: '2026-10-24', to: '2026-11-26' });
    expect(lastDays(1, NIGHT, 'UTC')).toEqual({ from: '2026-11-26', to: '2026-11-26' });
  });

  it('begins at midnight of the reader', () => {
    expect(new Date(startOf('2026-01-31'))).toEqual(new Date(2026, 0, 31));
    expect(new Date(startOf('2026-01-31', 1))).toEqual(new Date(2026, 1, 1));
  });
});
