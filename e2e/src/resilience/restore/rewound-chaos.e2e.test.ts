import { describe, expect, it } from '@jest/globals';
import { queueChoices } from '../../harness/queues.js';
import { scaled } from '../../harness/until.js';
import { REWINDS } from '../chaos/plan.js';
import { runChaos } from '../chaos/run-chaos.js';
import { chosen } from './settings.js';

const CASES = chosen(queueChoices().map((choice) => REWINDS.map((rewind) => ({ ...choice, rewind }))));

describe.each(CASES)('a fault run with a $rewind of the database, with the queue on $queue', ({ queue, rewind }) => {
  it('loses nothing and doubles nothing: orders that the ledger lost are restored, reported, or posted again', async () => {
    const { faults, summary } = await runChaos({
      orders: 120,
      seed: 7,
      queue,
      spanMs: 8_000,
      rounds: 1,
      timeoutMs: scaled(4_000),
      settleLimitMs: scaled(90_000),
      rewind,
      say: () => undefined,
    });
    expect(faults).toEqual([]);
    expect(summary.orders + (summary.rewound?.reported ?? 0)).toBe(120);
  });
});
