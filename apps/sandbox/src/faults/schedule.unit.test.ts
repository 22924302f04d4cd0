import { describe, expect, it } from '@jest/globals';
import { REAL_FAULTS } from './modes.js';
import { type FaultSettings, FaultSchedule } from './schedule.js';

function drawn(settings: FaultSettings, count: number): string[] {
  const schedule = new FaultSchedule();
  schedule.set(settings);
  return Array.from({ length: count }, () => schedule.draw());
}

describe('FaultSchedule', () => {
  it('draws no fault before it is set', () => {
    expect(new FaultSchedule().draw()).toBe('none');
  });

  it('draws the same faults for the same seed, and others for the next', () => {
    const mixed = (seed: number): string[] => drawn({ mode: 'mixed', rate: 0.5, seed }, 200);
    expect(mixed(1)).toEqual(mixed(1));
    for (const seed of [0, 1, -1, 42, 2 ** 32, Number.MAX_SAFE_INTEGER - 1]) {
      expect(mixed(seed)).not.toEqual(mixed(seed + 1));
    }
  });

  it('draws no fault and no random number for methods that are not named', () => {
    const schedule = new FaultSchedule();
    schedule.set({ mode: 'mixed', rate: 0.5, seed: 7 });
    const faults = Array.from({ length: 20 }, () => schedule.draw(() => 'app_cancel_order'));
    schedule.set({ mode: 'mixed', rate: 0.5, seed: 7, methods: ['app_cancel_order', 'app_cancel_ticket'] });
    const both = faults.map(() => [schedule.draw(() => 'app_get_order'), schedule.draw(() => 'app_cancel_order')]);
    expect(both).toEqual(faults.map((fault) => ['none', fault]));
  });

  it('starts its sequence again with each setting', () => {
    const schedule = new FaultSchedule();
    const settings = { mode: 'mixed', rate: 1, seed: 5 } as const;
    schedule.set(settings);
    const first = [schedule.draw(), schedule.draw(), schedule.draw()];
    schedule.set(settings);
    expect([schedule.draw(), schedule.draw(), schedule.draw()]).toEqual(first);
  });

  it('has the given rate for any seed', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const faulted = drawn({ mode: 'timeout', rate: 0.2, seed }, 2_000).filter((mode) => mode === 'timeout').length;
      expect(faulted / 2_000).toBeGreaterThan(0.15);
      expect(faulted / 2_000).toBeLessThan(0.25);
    }
  });

  it('never draws a fault at a rate of 0 and always at a rate of 1', () => {
    expect(new Set(drawn({ mode: 'refuse', rate: 0, seed: 1 }, 100))).toEqual(new Set(['none']));
    expect(new Set(drawn({ mode: 'refuse', rate: 1, seed: 1 }, 100))).toEqual(new Set(['refuse']));
  });

  it('mixes every fault, each about as often as any other', () => {
    const all = drawn({ mode: 'mixed', rate: 1, seed: 1 }, 10_000);
    for (const mode of REAL_FAULTS) {
      const share = all.filter((one) => one === mode).length / all.length;
      expect([mode, share > 0.08 && share < 0.12]).toEqual([mode, true]);
    }
  });
});
