import { describe, expect, it } from '@jest/globals';
import { LAST_STEP, nextPollMs } from './track-schedule.js';

describe('the schedule of tracking', () => {
  it.each([
    [0, 1_000],
    [1, 2_000],
    [2, 5_000],
    [3, 5_000],
    [LAST_STEP, 5_000],
  ])('at step %i waits %i ms', (step, ms) => {
    expect(nextPollMs([1, 2, 5], step, () => 0.5)).toBe(ms);
  });

  it('spreads a fifth both ways, so that orders that were confirmed together part', () => {
    expect(nextPollMs([10], 0, () => 0)).toBe(8_000);
    expect(nextPollMs([10], 0, () => 1)).toBe(12_000);
  });
});
