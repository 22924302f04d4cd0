import { describe, expect, it } from '@jest/globals';
import { boundMsOf, durationClassOf, percentileMs } from './duration-class.js';

describe('the class of a duration', () => {
  it('has a bound that is not below the duration, and at most a fifth above it', () => {
    for (const durationMs of [0.11, 0.5, 1, 7.3, 42, 999, 30_000, 120_000]) {
      const bound = boundMsOf(durationClassOf(durationMs));
      expect(bound).toBeGreaterThanOrEqual(durationMs * 0.999);
      expect(bound).toBeLessThan(durationMs * 1.2);
    }
  });

  it('takes anything: nothing at all, a clock that was set, and an hour', () => {
    expect([0, -5, Number.NaN].map(durationClassOf)).toEqual([0, 0, 0]);
    expect(durationClassOf(3_600_000)).toBe(durationClassOf(7_200_000));
  });
});

describe('a percentile of durations', () => {
  it('is the bound of the class that holds it, whatever the order of the classes', () => {
    const slow = { durationClass: durationClassOf(900), calls: 6 };
    const fast = { durationClass: durationClassOf(10), calls: 94 };
    expect(percentileMs([slow, fast], 0.94)).toBeLessThan(12);
    expect(percentileMs([slow, fast], 0.95)).toBeGreaterThan(900);
  });

  it('is null without calls', () => {
    expect(percentileMs([], 0.95)).toBeNull();
  });
});
