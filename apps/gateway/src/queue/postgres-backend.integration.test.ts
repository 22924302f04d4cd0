import { expect, test } from '@jest/globals';
import { createLogger } from '../core/logger.js';
import { createPool } from '../storage/pool.js';
import { openTestDatabase } from '../testing/database.js';
import type { WorkerGate } from './job-queue.js';
import { openPostgresBackend } from './postgres-backend.js';

const OPEN: WorkerGate = { isOpen: true, onChange: () => () => undefined };

test('a queue works whatever `options=` in DATABASE_URL says of the search path', async () => {
  const database = await openTestDatabase();
  const url = `${database.url}?options=${encodeURIComponent('-c search_path=pg_catalog -c timezone=UTC')}`;
  const pool = createPool({ url, size: 2, onIdleError: () => undefined });
  const backend = openPostgresBackend(url, pool, { now: Date.now, skewMs: () => 0 }, createLogger('silent'));
  await backend.prepare();
  const queue = backend.openQueue<string>('test');
  const closers: (() => Promise<void>)[] = [];
  const done = new Promise<string>((resolve) => {
    const process = (data: string) => {
      resolve(data);
      return Promise.resolve({ kind: 'done' } as const);
    };
    const worker = backend.openWorker<string>('test', process, { concurrency: 1, gate: OPEN });
    closers.push(() => worker.close());
  });
  await queue.add([{ id: 'one', data: 'came through' }]);
  expect(await done).toBe('came through');
  for (const close of closers) await close();
  await queue.close();
  await backend.close();
  await pool.end();
  await database.close();
});
