import type { Pool } from 'pg';
import { describeError, type Logger } from '../../core/logger.js';
import { Periodic } from '../../storage/periodic.js';
import { expireLeases, findDueOrders, renewGenerations, resendUnknown, type DueOrder } from '../ledger/due-orders.js';
import type { SendingGate } from './guard/gate.js';
import type { SendQueue } from './send-queue.js';

const PERIOD_MS = 1_000;
const PAGE = 500;
/** An empty queue is refilled page by page; then the other duties run. */
const MOST_PAGES = 20;

export interface SweepRules {
  /** How long an order may be due before the queue is asked whether it has it. */
  readonly sweepGraceMs: number;
  readonly resendUnknownAfterSecs: number | undefined;
  readonly retryScheduleSecs: readonly number[];
}

/**
 * Makes the ledger come true again after anything was lost: orders that are due but in no queue (Redis was away or
 * flushed, a process died between the commit and the add) are queued again; leases of senders that never came back run
 * out. Every worker process sweeps; the conditional statements make that harmless.
 */
export class Sweeper {
  private after: DueOrder | undefined;
  private readonly periodic = new Periodic(PERIOD_MS, () => this.sweep());

  constructor(
    private readonly pool: Pool,
    private readonly queue: SendQueue,
    private readonly rules: SweepRules,
    private readonly gate: Pick<SendingGate, 'isLedgerChecked'>,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.periodic.start();
  }

  stop(): Promise<void> {
    return this.periodic.stop();
  }

  /** One round; failures are logged, and the next round tries again. */
  async sweep(): Promise<void> {
    // In a ledger that was restored every lease is over, and the journal knows how the attempts ended: it comes first.
    if (!this.gate.isLedgerChecked) return;
    try {
      for (const orderId of await expireLeases(this.pool)) {
        this.logger.warn({ orderId }, 'the sender did not come back: the order is unknown');
      }
      await this.resendUnknown();
      for (let page = 0; page < MOST_PAGES && (await this.requeueMissing()); page += 1);
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'a sweep failed');
    }
  }

  private async resendUnknown(): Promise<void> {
    const { resendUnknownAfterSecs: afterSecs, retryScheduleSecs } = this.rules;
    if (afterSecs === undefined) return;
    const resent = await resendUnknown(this.pool, { afterSecs, mostAttempts: retryScheduleSecs.length });
    for (const job of resent) {
      this.logger.warn({ orderId: job.orderId, afterSecs }, 'sent again by rule: the order was unknown for too long');
      this.queue.enqueue(job);
    }
  }

  /** @returns whether this page was full and the queue lacked some of it, so that the next page is worth a look now */
  private async requeueMissing(): Promise<boolean> {
    const due = await findDueOrders(this.pool, { graceMs: this.rules.sweepGraceMs, after: this.after, limit: PAGE });
    const missing = await this.queue.missing(due);
    this.after = due.length === PAGE ? due.at(-1) : undefined;
    if (missing.length === 0) return false;
    const renewed = await renewGenerations(this.pool, missing);
    for (const job of renewed) this.queue.enqueue(job);
    // Page after page goes no faster than the queue takes it, or a large backlog would pile up in memory.
    await this.queue.idle();
    if (renewed.length > 0) this.logger.info({ orders: renewed.length }, 'queued orders that no queue had');
    return due.length === PAGE;
  }
}
