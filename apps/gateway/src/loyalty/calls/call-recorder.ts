import type { Pool } from 'pg';
import type { Logger } from '../../core/logger.js';
import { OutageLog } from '../../core/outage-log.js';
import { Periodic } from '../../storage/periodic.js';
import type { CallRecord } from './call-record.js';
import { addCalls } from './call-ring.js';

const PERIOD_MS = 1_000;
/** Of one period. A hundredth of what the database can take, so that searches do not feel it. */
const MOST_CALLS = 1_000;

/**
 * Writes calls down for `GET /admin/loyalty/calls`, beside the calls and many at once. What is too much for one period,
 * and what the database does not take, is dropped: the log and the metrics have every call.
 */
export class CallRecorder {
  private readonly periodic = new Periodic(PERIOD_MS, () => this.write());
  private gathered: CallRecord[] = [];
  private readonly outage: OutageLog;

  constructor(
    private readonly pool: Pool,
    logger: Logger,
    private readonly onDropped: (calls: number) => void,
  ) {
    this.outage = new OutageLog(logger, 'calls of Кошелёк are not recorded');
  }

  start(): void {
    this.periodic.start();
  }

  /** Writes what is left. */
  async stop(): Promise<void> {
    await this.periodic.stop();
    await this.write();
  }

  add(call: CallRecord): void {
    if (this.gathered.length < MOST_CALLS) this.gathered.push(call);
    else this.onDropped(1);
  }

  private async write(): Promise<void> {
    const calls = this.gathered;
    if (calls.length === 0) return;
    this.gathered = [];
    try {
      await addCalls(this.pool, calls);
      this.outage.worked();
    } catch (error) {
      this.onDropped(calls.length);
      this.outage.failed(error);
    }
  }
}
