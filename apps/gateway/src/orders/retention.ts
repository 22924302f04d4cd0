import { Periodic } from '../storage/periodic.js';
import type { Pool } from 'pg';
import { describeError, type Logger } from '../core/logger.js';
import {
  deleteIdleEndpoints,
  deleteIdleHosts,
  deleteSettledDeliveries,
} from './callbacks/outbox/delete-old-deliveries.js';
import { findOverlookedHosts } from './callbacks/outbox/find-overlooked-hosts.js';
import { anonymiseOrders, type Anonymisable } from './ledger/anonymise-orders.js';

const PERIOD_MS = 60_000;
const BATCH = 500;

export interface RetentionDays {
  /** Since an order last changed; undefined keeps its personal data for good. */
  readonly orders: number | undefined;
  /** Since a callback was due for the first time. */
  readonly callbacks: number;
}

/**
 * Erases the personal data of settled orders older than the retention period, and of orders whose erasure was requested
 * before they were settled; and deletes old callbacks. Every worker process does it; locked rows are skipped, so they
 * share the work.
 */
export class Retention {
  private readonly periodic = new Periodic(PERIOD_MS, () => this.sweep());
  private stopped = false;

  constructor(
    private readonly pool: Pool,
    private readonly days: RetentionDays,
    private readonly logger: Logger,
  ) {}

  /** Begins at once, then looks every minute. */
  start(): void {
    this.periodic.start({ atOnce: true });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.periodic.stop();
  }

  /** One round; failures are logged, and the next round tries again. */
  async sweep(): Promise<void> {
    try {
      await this.anonymise({ kind: 'on-request' });
      if (this.days.orders !== undefined) await this.anonymise({ kind: 'by-age', days: this.days.orders });
      await this.inBatches(() => deleteSettledDeliveries(this.pool, this.days.callbacks, BATCH));
      await this.inBatches(() => deleteIdleEndpoints(this.pool, this.days.callbacks, BATCH));
      await findOverlookedHosts(this.pool);
      await this.inBatches(() => deleteIdleHosts(this.pool, this.days.callbacks, BATCH));
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'deleting old data failed');
    }
  }

  private async anonymise(what: Anonymisable): Promise<void> {
    await this.inBatches(async () => {
      const count = await anonymiseOrders(this.pool, what, BATCH);
      if (count > 0) this.logger.info({ orders: count, why: what.kind }, 'anonymised orders');
      return count;
    });
  }

  private async inBatches(deleteBatch: () => Promise<number>): Promise<void> {
    let count = BATCH;
    while (count === BATCH && !this.stopped) count = await deleteBatch();
  }
}
