import { describe, expect, it } from '@jest/globals';
import { nextFreeRetryMs, nextRetryMs } from './retry-schedule.js';

const middle = (): number => 0.5;

describe('nextRetryMs', () => {
  it('follows the schedule entry by entry, and ends with it', () => {
    expect([1, 2, 3, 4].map((attempt) => nextRetryMs([1, 5, 30], attempt, 0, middle))).toEqual([
      1_000,
      5_000,
      30_000,
      undefined,
    ]);
  });

  it('spreads a fifth both ways', () => {
    expect(nextRetryMs([10], 1, 0, () => 0)).toBe(8_000);
    expect(nextRetryMs([10], 1, 0, () => 1)).toBe(12_000);
  });

  it('waits as long as the partner asks, never less, and an hour at most', () => {
    expect(nextRetryMs([1], 1, 60, () => 0)).toBe(60_000);
    expect(nextRetryMs([1], 1, 999_999, () => 0)).toBe(3_600_000);
    expect(nextRetryMs([30], 1, 1, () => 0)).toBe(24_000);
  });

  it('does not continue because the partner asks for it', () => {
    expect(nextRetryMs([], 1, 60)).toBeUndefined();
  });
});

describe('the schedule of attempts that do not count', () => {
  it('repeats its last entry for as long as it takes, or a minute if it is empty', () => {
    const middle = (): number => 0.5;
    expect([1, 2, 3, 100].map((attempt) => nextFreeRetryMs([1, 5], attempt, 0, middle))).toEqual([1e3, 5e3, 5e3, 5e3]);
    expect(nextFreeRetryMs([], 7, 0, middle)).toBe(60_000);
    expect(nextFreeRetryMs([1], 1, 100, () => 0)).toBe(100_000);
  });
});
