import { expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { checkEventLoop } from './event-loop.js';

it('reports an event loop that was blocked, and its recovery', async () => {
  const check = checkEventLoop({ stallMs: 100, seenMs: 300 });
  // The loop runs once before anything is measured.
  await delay(50);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  // It is measured when the loop runs again.
  await delay(50);
  expect(await check.find()).toMatchObject([
    { kind: 'process.stalled', message: expect.stringMatching(/stood still for \d/) },
  ]);
  while ((await check.find()).length > 0) await delay(10);
});
