import { describe, expect, it } from '@jest/globals';
import { median, percentile, ratios, summarise } from './statistics.js';

describe('the statistics of the rounds', () => {
  it('take the middle one of an odd number of values', () => {
    expect(median([3, 1, 2])).toBe(2);
  });

  it('take the mean of the middle two of an even number', () => {
    expect(median([10, 1, 2, 4])).toBe(3);
  });

  it('leave the given values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('show the spread next to the median', () => {
    expect(summarise([0.9, 0.7, 1.4])).toEqual({ median: 0.9, min: 0.7, max: 1.4 });
  });

  it('compare each round with the same round of the rival', () => {
    expect(ratios([10, 30], [5, 60])).toEqual([2, 0.5]);
  });

  it('refuse to compare different numbers of rounds', () => {
    expect(() => ratios([1, 2], [1])).toThrow('2 rounds against 1');
  });

  it('refuse to summarise nothing', () => {
    expect(() => median([])).toThrow('no values');
    expect(() => percentile([], 0.5)).toThrow('no values');
  });

  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('find the value at a share of %d', (share, expected) => {
    const values = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(percentile(values, share)).toBe(expected);
  });
});
