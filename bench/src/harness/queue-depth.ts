import { setTimeout as delay } from 'node:timers/promises';
import { createPostgresBackend, Queue } from 'bullmq';

const POLL_MS = 50;
const LIMIT_MS = 60_000;

/** Where the gateway keeps its queue. */
export interface QueueAddress {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
}

/** Looks at the gateway's own queue of orders to send, from outside. */
export class QueueDepth {
  private readonly queue: Pick<Queue, 'getJobCountByTypes' | 'close'>;

  constructor({ databaseUrl, redisUrl }: QueueAddress) {
    this.queue =
      redisUrl === undefined
        ? new Queue(
            'send',
            { connection: { connectionString: databaseUrl, schema: 'bullmq', max: 1 } },
            createPostgresBackend,
          )
        : new Queue('send', { connection: { url: redisUrl }, prefix: '{vestibule}' });
  }

  /**
   * Waits until the queue has a number of jobs waiting.
   *
   * @returns how long that took, in milliseconds
   */
  async untilWaiting(jobs: number): Promise<number> {
    const started = performance.now();
    for (;;) {
      const waiting = await this.queue.getJobCountByTypes('waiting');
      if (waiting === jobs) return performance.now() - started;
      if (performance.now() - started > LIMIT_MS)
        throw new Error(`${waiting} jobs are in the queue instead of ${jobs}`);
      await delay(POLL_MS);
    }
  }

  async close(): Promise<void> {
    await this.queue.close();
  }
}
