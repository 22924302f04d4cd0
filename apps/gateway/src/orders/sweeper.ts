import type { Pool } from 'pg';
import { describeError, type Logger } from '../logging/logger.js';
import { expireLeases, findDueOrders, renewTurns, type DueOrder } from './ledger/due-orders.js';
import type { SendQueue } from './send-queue.js';

/** How long an order may be due before the queue is asked whether it has it. */
const GRACE_MS = 5_000;
const PERIOD_MS = 1_000;
/** Orders asked about in one round. Each is a question to the queue, so a queue that loses nothing is asked little. */
const PAGE = { calm: 25, afterLoss: 200 } as const;

/**
 * Makes the ledger come true again after anything was lost: orders that are due but in no queue (Redis was away or
 * flushed, a process died between the commit and the add) are queued anew; leases of senders that never came back run
 * out. Every worker process sweeps; the conditional statements make that harmless.
 */
export class Sweeper {
  private after: DueOrder | undefined;
  private pageSize: number = PAGE.calm;
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly queue: SendQueue,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      // A round that takes longer than the period is not joined by a second one.
      this.sweeping ??= this.sweep().finally(() => (this.sweeping = undefined));
    }, PERIOD_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** One round; failures are logged, and the next round tries again. */
  async sweep(): Promise<void> {
    try {
      for (const orderId of await expireLeases(this.pool)) {
        this.logger.warn({ orderId }, 'the sender did not come back: the order is unknown');
      }
      await this.requeueMissing();
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'a sweep failed');
    }
  }

  private async requeueMissing(): Promise<void> {
    const limit = this.pageSize;
    const due = await findDueOrders(this.pool, { graceMs: GRACE_MS, after: this.after, limit });
    const missing = await this.queue.missing(due);
    this.after = due.length === limit ? due.at(-1) : undefined;
    this.pageSize = missing.length === 0 ? PAGE.calm : PAGE.afterLoss;
    if (missing.length === 0) return;
    const renewed = await renewTurns(this.pool, missing);
    for (const job of renewed) this.queue.enqueue(job);
    this.logger.info({ orders: renewed.length }, 'queued orders that no queue had');
  }
}
