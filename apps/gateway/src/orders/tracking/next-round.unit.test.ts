import { describe, expect, it } from '@jest/globals';
import type { TrackingConditions } from './claim-tracks.js';
import { isTimeToProbe, nextRoundMs } from './next-round.js';

const FAIR: TrackingConditions = {
  claimedAt: new Date(),
  free: 20,
  dueNow: true,
  dueInMs: undefined,
  nextSlotInMs: 200,
  sendsWait: false,
  probeInMs: undefined,
  pausedForMs: 0,
  troubled: false,
};

describe('the next round of the tracker', () => {
  it.each<[string, Partial<TrackingConditions>, number, number]>([
    ['comes before the places are used up', {}, 20, 100],
    ['comes while the one long slot lasts', { free: 1, nextSlotInMs: 333 }, 1, 233],
    ['comes when half of a few slots are used', { free: 4, nextSlotInMs: 40 }, 4, 20],
    ['comes soon after others were at the rate limiter', { free: 0, nextSlotInMs: -5 }, 0, 10],
    ['waits for the rate limiter when sends have taken slots far ahead', { free: 0, nextSlotInMs: 5_000 }, 0, 1_000],
    ['waits for what is due next', { dueInMs: 300 }, 3, 300],
    ['looks for newly confirmed orders while nothing is due', { dueNow: false, free: 0, dueInMs: 60_000 }, 0, 500],
    ['looks for newly confirmed orders while there are no tracks', { dueNow: false, free: 0 }, 0, 500],
    ['gives orders time to be sent', { sendsWait: true, free: 0 }, 0, 100],
    ['comes when the breaker allows a probe', { probeInMs: 400, free: 0 }, 0, 400],
    ['looks at the breaker again although it is open for long', { probeInMs: 60_000, free: 0 }, 0, 1_000],
    ['comes when the pause is over', { pausedForMs: 700, free: 0 }, 0, 700],
  ])('%s', (_, conditions, taken, ms) => {
    expect(nextRoundMs({ ...FAIR, ...conditions }, taken)).toBe(ms);
  });

  it('probes when it is time, something is due and no order waits that would probe itself', () => {
    const open = { ...FAIR, probeInMs: 0 };
    expect(isTimeToProbe(open)).toBe(true);
    expect(isTimeToProbe({ ...open, probeInMs: 5 })).toBe(false);
    expect(isTimeToProbe({ ...open, probeInMs: undefined })).toBe(false);
    expect(isTimeToProbe({ ...open, dueNow: false })).toBe(false);
    expect(isTimeToProbe({ ...open, sendsWait: true })).toBe(false);
    expect(isTimeToProbe({ ...open, pausedForMs: 10 })).toBe(false);
  });
});
