import type { Pool } from 'pg';
import { describeError, type Logger } from '../logging/logger.js';
import { anonymiseOrders, type Forgettable } from './ledger/anonymise-orders.js';

const PERIOD_MS = 60_000;
const BATCH = 500;

/**
 * Forgets personal data in time: of settled orders that are older than the retention period, and of those whose
 * erasure was asked for while they were still on their way. Every worker process does it; locked rows are skipped, so
 * they share the work.
 */
export class Retention {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;
  private stopped = false;

  /** @param days since an order last changed; undefined keeps it for good */
  constructor(
    private readonly pool: Pool,
    private readonly days: number | undefined,
    private readonly logger: Logger,
  ) {}

  /** Begins at once, then looks every minute. */
  start(): void {
    const round = (): void => {
      this.sweeping ??= this.sweep().finally(() => (this.sweeping = undefined));
    };
    round();
    this.timer = setInterval(round, PERIOD_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** One round; failures are logged, and the next round tries again. */
  async sweep(): Promise<void> {
    try {
      await this.forget({ kind: 'on-request' });
      if (this.days !== undefined) await this.forget({ kind: 'by-age', days: this.days });
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'anonymising orders failed');
    }
  }

  private async forget(what: Forgettable): Promise<void> {
    let count = BATCH;
    while (count === BATCH && !this.stopped) {
      count = await anonymiseOrders(this.pool, what, BATCH);
      if (count > 0) this.logger.info({ orders: count, why: what.kind }, 'anonymised orders');
    }
  }
}
