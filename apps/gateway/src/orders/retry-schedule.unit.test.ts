import { describe, expect, it } from '@jest/globals';
import { nextRetryMs } from './retry-schedule.js';

describe('nextRetryMs', () => {
  it('follows the schedule entry by entry, and ends with it', () => {
    const middle = (): number => 0.5;
    expect([1, 2, 3, 4].map((attempt) => nextRetryMs([1, 5, 30], attempt, middle))).toEqual([
      1_000,
      5_000,
      30_000,
      undefined,
    ]);
  });

  it('spreads a fifth both ways', () => {
    expect(nextRetryMs([10], 1, () => 0)).toBe(8_000);
    expect(nextRetryMs([10], 1, () => 1)).toBe(12_000);
  });
});
