import type { Pool } from 'pg';
import { describeError, type Logger } from '../../core/logger.js';
import { Periodic } from '../../storage/periodic.js';
import { sealAudit } from './seal-audit.js';

const PERIOD_MS = 5_000;

/**
 * Links new entries of the audit to its chain, in the background. Every process with the role `admin` or `worker` does it,
 * one at a time. The log keeps where the chain ends: outside the database, so that its last entries cannot be cut off
 * unseen.
 */
export class AuditSealer {
  private readonly periodic = new Periodic(PERIOD_MS, () => this.seal());
  private stopped = false;

  constructor(
    private readonly pool: Pool,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.periodic.start();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.periodic.stop();
  }

  /** One round; failures are logged, and the next round tries again. */
  private async seal(): Promise<void> {
    try {
      let sealed = await sealAudit(this.pool);
      while (sealed?.isFull === true && !this.stopped) sealed = await sealAudit(this.pool);
      if (sealed === undefined || sealed.count === 0) return;
      const { position, hash } = sealed.head;
      this.logger.info({ head: `${position}:${hash}` }, 'the audit is sealed up to here');
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'the audit could not be sealed');
    }
  }
}
