import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { runChaos } from './chaos/run-chaos.js';
import { queueChoices } from '../harness/queues.js';
import { scaled } from '../harness/until.js';

/** Generous: on a busy machine starting a gateway again takes longer than everything else here. */
const LIMIT_MS = 480_000;

/** Where it may mount a disk, the run fills it. */
const canMount = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
if (canMount) spawnSync('umount', ['/mnt']);

describe('a short fault run', () => {
  it.each(queueChoices())(
    'loses nothing and doubles nothing while everything is killed and the partner taken away, with the queue on $queue',
    async ({ queue }) => {
      const { faults, summary } = await runChaos({
        orders: 200,
        seed: 4,
        queue,
        spanMs: 8_000,
        rounds: 2,
        // A call that takes longer than that for no reason but a busy machine would be unknown for no reason.
        timeoutMs: scaled(4_000),
        settleLimitMs: scaled(90_000),
        say: () => undefined,
      });
      expect(faults).toEqual([]);
      expect(summary.orders).toBe(200);
      expect(summary.callbacks).toEqual({ delivered: expect.any(Number), stuck: 0 });
      expect(summary.callbacks.delivered).toBeGreaterThanOrEqual(200);
      expect(summary.killed).toMatchObject({
        worker: 2,
        'worker-paused': 2,
        orders: 2,
        postgres: 2,
        'partner-away': 2,
        'partner-silent': 2,
        'receiver-hanging': 2,
        'names-silent': 2,
        'partner-failing': 2,
        ...(canMount ? { 'disk-full': 2 } : {}),
      });
    },
    LIMIT_MS,
  );
});
