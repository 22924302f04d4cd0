import { describe, expect, it } from '@jest/globals';
import type { Logger } from '../../core/logger.js';
import type { JobQueue } from '../../queue/job-queue.js';
import type { SendJob } from '../ledger/send-job.js';
import { SendQueue } from './send-queue.js';

/** A queue that accepts nothing before the test releases it; real ones do so only on a very slow machine. */
function slowQueue() {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const taken: string[] = [];
  const queue: JobQueue<SendJob> = {
    add: async (jobs) => {
      await gate;
      taken.push(...jobs.map(({ id }) => id));
    },
    known: (ids) => Promise.resolve(new Set(taken.filter((id) => ids.includes(id)))),
    counts: () => Promise.resolve({}),
    inspect: () => Promise.reject(new Error('no one looks')),
    close: () => Promise.resolve(),
  };
  return { queue, taken, open: () => open() };
}

describe('a queue that is slower than orders come', () => {
  const warnings: string[] = [];
  const logger = { warn: (_: object, text: string) => void warnings.push(text) } as unknown as Logger;

  it('keeps a bounded number of them waiting, logs that once, and accepts more when it has caught up', async () => {
    const { queue, taken, open } = slowQueue();
    const sending = new SendQueue(queue, logger);
    for (let index = 0; index < 100_000; index += 1) sending.enqueue({ orderId: `order-${index}`, generation: 0 });
    expect(warnings).toEqual(['the queue is behind; the sweeper brings more']);
    open();
    await sending.idle();
    expect(taken).toHaveLength(20_000);
    sending.enqueue({ orderId: 'late', generation: 0 });
    await sending.idle();
    expect(taken.at(-1)).toBe('late-0');
  });
});
