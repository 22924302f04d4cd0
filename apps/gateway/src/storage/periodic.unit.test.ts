import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Periodic } from './periodic.js';

describe('periodic work', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** Rounds that end on command. */
  function work() {
    const ends: (() => void)[] = [];
    const round = jest.fn(() => new Promise<void>((resolve) => void ends.push(resolve)));
    return { round, endOne: () => ends.shift()?.() };
  }

  it('comes after each period, or at once when it is asked to', async () => {
    const round = jest.fn(() => Promise.resolve());
    const later = new Periodic(1_000, round);
    later.start();
    expect(round).toHaveBeenCalledTimes(0);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(round).toHaveBeenCalledTimes(3);
    await later.stop();
    const now = new Periodic(1_000, round);
    now.start({ atOnce: true });
    expect(round).toHaveBeenCalledTimes(4);
    await now.stop();
  });

  it('never runs two rounds at once, however long one takes', async () => {
    const { round, endOne } = work();
    const periodic = new Periodic(1_000, round);
    periodic.start({ atOnce: true });
    await jest.advanceTimersByTimeAsync(5_000);
    expect(round).toHaveBeenCalledTimes(1);
    endOne();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(round).toHaveBeenCalledTimes(2);
    endOne();
    await periodic.stop();
  });

  it('lets the round in progress end before it counts as stopped, and begins no other', async () => {
    const { round, endOne } = work();
    const periodic = new Periodic(1_000, round);
    periodic.start({ atOnce: true });
    let stopped = false;
    const stopping = periodic.stop().then(() => (stopped = true));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(stopped).toBe(false);
    endOne();
    await stopping;
    expect(round).toHaveBeenCalledTimes(1);
  });
});
