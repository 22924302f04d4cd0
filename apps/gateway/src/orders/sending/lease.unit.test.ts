import { describe, expect, it } from '@jest/globals';
import { Lease } from './lease.js';

/** Two clocks that a test moves. */
function clocks() {
  const now = { steady: 1_000, wall: 50_000 };
  return { now, steady: () => now.steady, wall: () => now.wall };
}

describe('a lease', () => {
  it('holds for its time and no longer', () => {
    const time = clocks();
    const lease = new Lease(30, time);
    time.now.steady += 29;
    time.now.wall += 29;
    expect(lease.holds()).toBe(true);
    time.now.steady += 1;
    expect(lease.holds()).toBe(false);
  });

  it('is over after the machine has slept, though the steady clock slept too', () => {
    const time = clocks();
    const lease = new Lease(30, time);
    time.now.wall += 3_600_000;
    expect(lease.holds()).toBe(false);
  });

  it('is over in time when the wall clock is set back', () => {
    const time = clocks();
    const lease = new Lease(30, time);
    time.now.wall -= 3_600_000;
    time.now.steady += 30;
    expect(lease.holds()).toBe(false);
  });
});
