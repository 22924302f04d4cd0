import { describe, expect, it } from '@jest/globals';
import { LaneOrder } from './lane-order.js';
import { nameOf, type Lane } from './lanes.js';

const single = (producer: string): Lane => ({ producer, isBatch: false });
const batch = (producer: string): Lane => ({ producer, isBatch: true });

describe('the order of lanes', () => {
  const order = (due: readonly Lane[], count: number): string[] => new LaneOrder().next(due, count).map(nameOf);

  it('is the same number of sends for every producer that has orders due', () => {
    const sent = order([single('a'), single('b'), single('c')], 9);
    for (const name of ['single a', 'single b', 'single c'])
      expect(sent.filter((each) => each === name)).toHaveLength(3);
  });

  it('puts single orders before batches, of which one send in ten is', () => {
    const sent = order([batch('a'), single('b'), batch('c')], 40);
    expect(sent.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 'single b'));
    expect(sent.filter((each) => each === 'batch a')).toHaveLength(2);
    expect(sent.filter((each) => each === 'batch c')).toHaveLength(2);
  });

  it('gives one that has just come the next turn, and no more for the time it was not there', () => {
    const lanes = new LaneOrder();
    lanes.next([batch('a')], 500);
    expect(lanes.next([batch('a'), batch('b')], 4).map(nameOf)).toEqual(['batch b', 'batch a', 'batch b', 'batch a']);
  });
});
