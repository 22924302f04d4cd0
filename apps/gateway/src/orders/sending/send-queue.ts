import { describeError, type Logger } from '../../core/logger.js';
import type { JobQueue } from '../../queue/job-queue.js';
import { Coalescer } from '../../storage/coalescer.js';
import { jobIdOf, type SendJob } from '../ledger/send-job.js';

export const SEND_QUEUE = 'send';

/**
 * So many orders may wait in memory for a queue that is slower than they come. The others are left to the sweeper, which
 * brings them no faster than the queue takes them, until half of these are through.
 */
const MOST_WAITING = 20_000;

interface Entry extends SendJob {
  readonly delayMs: number;
}

/**
 * Brings orders from the ledger to the queue. What arrives together goes in one call. A queue that is away is no one's
 * error: the order is committed, and the sweeper brings it later.
 */
export class SendQueue {
  private readonly adding: Coalescer<Entry, void>;
  private isBehind = false;

  constructor(
    private readonly queue: JobQueue<SendJob>,
    private readonly logger: Logger,
  ) {
    this.adding = new Coalescer((entries) => this.addAll(entries), { maxBatch: 256, maxConcurrent: 2 });
  }

  /** Does not wait and does not fail. */
  enqueue(job: SendJob, delayMs = 0): void {
    if (this.adding.size >= (this.isBehind ? MOST_WAITING / 2 : MOST_WAITING)) {
      if (!this.isBehind)
        this.logger.warn({ waiting: this.adding.size }, 'the queue is behind; the sweeper brings more');
      this.isBehind = true;
      return;
    }
    this.isBehind = false;
    this.adding.push({ orderId: job.orderId, generation: job.generation, delayMs });
  }

  /** Resolves once everything that was enqueued is in the queue, or was refused by it. */
  idle(): Promise<void> {
    return this.adding.idle();
  }

  /** The orders whose job the queue does not have. Fails when the queue is away. */
  async missing<O extends { readonly jobId: string }>(orders: readonly O[]): Promise<O[]> {
    const known = await this.queue.known(orders.map(({ jobId }) => jobId));
    return orders.filter(({ jobId }) => !known.has(jobId));
  }

  counts(): Promise<Readonly<Record<string, number>>> {
    return this.queue.counts();
  }

  async close(): Promise<void> {
    await this.adding.idle();
    await this.queue.close();
  }

  private async addAll(entries: readonly Entry[]): Promise<void[]> {
    const jobs = entries.map(({ orderId, generation, delayMs }) => ({
      id: jobIdOf({ orderId, generation }),
      data: { orderId, generation },
      ...(delayMs > 0 ? { delayMs } : {}),
    }));
    await this.queue.add(jobs).catch((error: unknown) => {
      const [first] = entries;
      this.logger.warn(
        { orders: entries.length, orderId: first?.orderId, error: describeError(error) },
        'not queued; the sweeper will bring them',
      );
    });
    return entries.map(() => undefined);
  }
}
