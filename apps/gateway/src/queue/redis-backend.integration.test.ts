import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../core/logger.js';
import type { WorkerGate } from './job-queue.js';
import { openRedisBackend } from './redis-backend.js';

const { TEST_REDIS_URL: url } = process.env;
const OPEN: WorkerGate = { isOpen: true, onChange: () => () => undefined };
/** Half of what ioredis waits for a connection that it believes to be open. */
const LIMIT_MS = 1_000;
const POLL_MS = 20;

/** Timers that keep this process running. */
const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe.each(url === undefined ? [] : [url])('a closed worker, with the queue on redis', (address) => {
  it('leaves no timer behind that keeps its process running', async () => {
    const backend = openRedisBackend(address, { now: Date.now, skewMs: () => 0 }, createLogger('silent'));
    await backend.prepare();
    const queue = backend.openQueue<string>('closing');
    await queue.counts();
    const before = timers();
    const closers: (() => Promise<void>)[] = [];
    const done = new Promise<string>((resolve) => {
      const process = (data: string) => {
        resolve(data);
        return Promise.resolve({ kind: 'done' } as const);
      };
      const worker = backend.openWorker<string>('closing', process, { concurrency: 1, gate: OPEN });
      closers.push(() => worker.close());
    });
    await queue.add([{ id: 'one', data: 'came through' }]);
    expect(await done).toBe('came through');
    for (const close of closers) await close();
    for (let waitedMs = 0; timers() > before && waitedMs < LIMIT_MS; waitedMs += POLL_MS) await delay(POLL_MS);
    expect(timers()).toBeLessThanOrEqual(before);
    await queue.close();
    await backend.close();
  });
});
