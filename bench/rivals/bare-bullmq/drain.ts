import { openWorker } from './connection.js';

/** What the benchmark gets once every job is done. */
export interface Drained {
  readonly jobs: number;
  /** From the first job done to the last. */
  readonly seconds: number;
}

// A worker whose jobs do nothing: what BullMQ itself takes.
const jobs = Number(process.env['JOBS']);
let done = 0;
let first = 0;

const worker = openWorker(
  { databaseUrl: process.env['DATABASE_URL'] ?? '', redisUrl: process.env['REDIS_URL'] },
  { concurrency: Number(process.env['CONCURRENCY']) },
);
worker.on('error', (error) => process.stderr.write(`${error.message}\n`));
worker.on('completed', () => {
  done += 1;
  if (done === 1) first = performance.now();
  if (done === jobs) process.send?.({ jobs, seconds: (performance.now() - first) / 1000 } satisfies Drained);
});
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => void worker.close().then(() => process.disconnect?.()));
