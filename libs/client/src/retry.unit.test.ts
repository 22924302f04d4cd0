import { describe, expect, it } from '@jest/globals';
import { DEFAULT_RETRY, pauseMs, readRetryAfter } from './retry.js';

describe('the pause before a repetition', () => {
  it('doubles up to the longest one, and chance shortens it by a half at most', () => {
    const pauses = (random: number) => [1, 2, 3, 9].map((attempt) => pauseMs(attempt, DEFAULT_RETRY, 0, () => random));
    expect(pauses(0)).toEqual([200, 400, 800, 5_000]);
    expect(pauses(1)).toEqual([100, 200, 400, 2_500]);
  });

  it('is as long as the gateway asks for, but never longer than a minute', () => {
    expect(pauseMs(1, DEFAULT_RETRY, 3_000)).toBe(3_000);
    expect(pauseMs(1, DEFAULT_RETRY, 86_400_000)).toBe(60_000);
  });

  it('reads a Retry-After in seconds or as a date', () => {
    const now = Date.parse('2026-11-24T09:30:00Z');
    expect(readRetryAfter('2', now)).toBe(2_000);
    expect(readRetryAfter('Tue, 24 Nov 2026 09:30:05 GMT', now)).toBe(5_000);
    expect(readRetryAfter('Tue, 24 Nov 2026 09:29:00 GMT', now)).toBe(0);
    expect([readRetryAfter('soon', now), readRetryAfter(null, now)]).toEqual([undefined, undefined]);
  });
});
