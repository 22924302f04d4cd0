import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Pool } from 'pg';
import type { Logger } from '../../core/logger.js';
import { OutageLog } from '../../core/outage-log.js';
import { Periodic } from '../../storage/periodic.js';
import { statement } from '../../storage/statement.js';
import type { BreakerState } from './breaker-state.js';

const PERIOD_MS = 5_000;

const REPORT = statement('report-own-system-breaker')`
with gone as (delete from own_system_breakers where process <> $1 and seen_at < now() - interval '1 hour')
insert into own_system_breakers (process, host, state, since) values ($1, $2, $3, $4)
on conflict (process) do update set state = excluded.state, since = excluded.since, seen_at = now()`;
const LEAVE = statement('leave-own-system-breakers')`delete from own_system_breakers where process = $1`;

/** Shows the other processes the state of the circuit breaker of this one: at each change, and again and again. */
export class BreakerReport {
  private readonly process = randomUUID();
  private readonly periodic = new Periodic(PERIOD_MS, () => this.report());
  private readonly outage: OutageLog;

  constructor(
    private readonly breaker: BreakerState,
    private readonly pool: Pool,
    logger: Logger,
  ) {
    this.outage = new OutageLog(logger, 'the state of the circuit breaker was not written down');
  }

  start(): void {
    this.periodic.start({ atOnce: true });
    this.breaker.onChange = () => void this.periodic.run();
  }

  async stop(): Promise<void> {
    await this.periodic.stop();
    await this.tell(() => this.pool.query({ ...LEAVE, values: [this.process] }));
  }

  private report(): Promise<void> {
    const { state, since } = this.breaker;
    return this.tell(() => this.pool.query({ ...REPORT, values: [this.process, hostname(), state, since] }));
  }

  private async tell(write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
      this.outage.worked();
    } catch (error) {
      this.outage.failed(error);
    }
  }
}
