import { describe, expect, it } from '@jest/globals';
import { Coalescer } from './coalescer.js';

/** A run that can be let through by hand, and remembers its batches. */
function heldRun() {
  const batches: number[][] = [];
  const gates: (() => void)[] = [];
  const run = async (items: readonly number[]): Promise<number[]> => {
    batches.push([...items]);
    await new Promise<void>((open) => gates.push(open));
    return items.map((item) => item * 10);
  };
  return { run, batches, open: () => gates.shift()?.() };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn();
}

describe('Coalescer', () => {
  it('runs calls of one tick of the event loop as one batch, and gives each its own result', async () => {
    const { run, batches, open } = heldRun();
    const coalescer = new Coalescer(run, { maxBatch: 10, maxConcurrent: 1 });
    const results = Promise.all([1, 2, 3].map((item) => coalescer.submit(item)));
    await turn();
    open();
    expect(await results).toEqual([10, 20, 30]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('gathers what comes while its runs are busy', async () => {
    const { run, batches, open } = heldRun();
    const coalescer = new Coalescer(run, { maxBatch: 10, maxConcurrent: 1 });
    const first = coalescer.submit(1);
    await turn();
    const later = Promise.all([2, 3].map((item) => coalescer.submit(item)));
    await turn();
    expect(batches).toEqual([[1]]);
    open();
    await first;
    await until(() => batches.length === 2);
    open();
    expect(await later).toEqual([20, 30]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('lets items wait for company, but no longer once enough are there', async () => {
    const { run, batches, open } = heldRun();
    const coalescer = new Coalescer(run, { maxBatch: 10, maxConcurrent: 1, gather: { ms: 3_600_000, enough: 3 } });
    const results = [coalescer.submit(1), coalescer.submit(2)];
    await turn();
    expect(batches).toEqual([]);
    results.push(coalescer.submit(3));
    await until(() => batches.length === 1);
    open();
    expect(await Promise.all(results)).toEqual([10, 20, 30]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('runs what waited for company in vain', async () => {
    const { run, batches, open } = heldRun();
    const coalescer = new Coalescer(run, { maxBatch: 10, maxConcurrent: 1, gather: { ms: 1, enough: 3 } });
    const result = coalescer.submit(1);
    await until(() => batches.length === 1);
    open();
    expect(await result).toBe(10);
  });

  it('splits what exceeds a batch, and runs no more at once than allowed', async () => {
    const { run, batches, open } = heldRun();
    const coalescer = new Coalescer(run, { maxBatch: 2, maxConcurrent: 2 });
    const results = Promise.all([1, 2, 3, 4, 5].map((item) => coalescer.submit(item)));
    await turn();
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ]);
    open();
    open();
    await until(() => batches.length === 3);
    open();
    expect(await results).toEqual([10, 20, 30, 40, 50]);
  });

  it('fails every item of a batch that fails, and continues with the next', async () => {
    let healthy = false;
    const coalescer = new Coalescer(
      (items: readonly number[]) => (healthy ? Promise.resolve([...items]) : Promise.reject(new Error('away'))),
      { maxBatch: 10, maxConcurrent: 1 },
    );
    const failed = await Promise.allSettled([1, 2].map((item) => coalescer.submit(item)));
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    healthy = true;
    expect(await coalescer.submit(3)).toBe(3);
  });

  it('lets the one item at fault fail alone', async () => {
    const coalescer = new Coalescer(
      (items: readonly number[]) =>
        items.includes(3) ? Promise.reject(new Error('three')) : Promise.resolve([...items]),
      { maxBatch: 10, maxConcurrent: 1, isItemFault: () => true },
    );
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map((item) => coalescer.submit(item)));
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
  });

  it('is idle only when nothing waits and nothing runs', async () => {
    const { run, batches, open } = heldRun();
    const coalescer = new Coalescer(run, { maxBatch: 1, maxConcurrent: 1 });
    await coalescer.idle();
    const results = [coalescer.submit(1), coalescer.submit(2)];
    let idle = false;
    const waiting = coalescer.idle().then(() => (idle = true));
    await turn();
    open();
    await results[0];
    await until(() => batches.length === 2);
    expect(idle).toBe(false);
    open();
    await waiting;
    expect(await Promise.all(results)).toEqual([10, 20]);
  });
});
