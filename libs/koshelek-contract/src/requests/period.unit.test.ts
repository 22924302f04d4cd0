import { describe, expect, it } from '@jest/globals';
import { readPeriod } from '../index.js';

describe('readPeriod', () => {
  it('reads a start and an end, a single day included', () => {
    expect(readPeriod({ startDate: '2026-01-31', endDate: '2026-01-31' })).toEqual({
      ok: true,
      value: { startDate: '2026-01-31', endDate: '2026-01-31' },
    });
  });

  it('does without an end', () => {
    expect(readPeriod({ startDate: '2026-01-31', endDate: '' })).toEqual({
      ok: true,
      value: { startDate: '2026-01-31' },
    });
  });

  it.each([
    [{}, '2001'],
    [{ endDate: '2026-01-31' }, '2001'],
    [{ startDate: '31.01.2026' }, '2103'],
    [{ startDate: '2026-01-31', endDate: '2026-02-30' }, '2103'],
    [{ startDate: '2026-02-01', endDate: '2026-01-31' }, '2104'],
    [{ startDate: ['2026-02-01', '2026-02-02'] }, '2006'],
  ])('refuses %j', (query, code) => {
    expect(readPeriod(query)).toMatchObject({ ok: false, error: { code } });
  });
});
