import { describe, expect, it } from '@jest/globals';
import { runDrain } from './drain/run-drain.js';
import { queueChoices } from '../harness/queues.js';

/** A small part of what `npm run drain` does: enough to notice when it cannot work any more. */
const ORDERS = 1_000;
const LIMIT_MS = 150_000;

describe('orders that were accepted while the partner was away', () => {
  it.each(queueChoices())(
    'drain once it is there, each executed once, in the memory allowed, with the queue on $queue',
    async ({ queue }) => {
      const { faults, peaks } = await runDrain({
        orders: ORDERS,
        queue,
        limitBytes: 300_000_000,
        drainLimitMs: LIMIT_MS / 2,
        say: () => undefined,
      });
      expect(faults).toEqual([]);
      expect([...peaks.keys()]).toEqual(['orders', 'worker']);
    },
    LIMIT_MS,
  );
});
