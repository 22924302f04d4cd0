import type { Pool } from 'pg';
import type { Logger } from '../../core/logger.js';
import { OutageLog } from '../../core/outage-log.js';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { Periodic } from '../../storage/periodic.js';
import { statement } from '../../storage/statement.js';
import type { MinuteFigure, MinuteFigures } from './minute-figures.js';

const PERIOD_MS = 5_000;
/** Two days are shown. */
const KEPT = `interval '3 days'`;
const HOUR_MS = 3_600_000;

const FIGURES = new ColumnArrays<MinuteFigure>({
  minute: ['timestamptz', ({ minute }) => minute],
  direction: ['text', ({ direction }) => direction],
  class: ['smallint', ({ durationClass }) => durationClass],
  calls: ['integer', ({ calls }) => calls],
  failed: ['integer', ({ failed }) => failed],
});

/** In the order of the key: processes that add to the same rows wait for each other in one order. */
const ADD = statement('add-minute-figures')`
insert into minute_figures as kept (minute, direction, class, calls, failed)
select * from ${FIGURES.rowsAs('given')} order by minute, direction, class
on conflict (minute, direction, class) do update
   set calls = kept.calls + excluded.calls, failed = kept.failed + excluded.failed`;

const DELETE_OLD = statement('delete-old-minute-figures')`delete from minute_figures where minute < now() - ${KEPT}`;

/** Adds figures to those of other processes. */
export async function addMinutes(pool: Pool, figures: readonly MinuteFigure[]): Promise<void> {
  await pool.query({ ...ADD, values: FIGURES.of(figures) });
}

/**
 * Writes down what a process has seen, beside its work, and deletes what is old. While the database is away, the figures
 * stay in memory. One whose answer was lost counts twice: they are for the eye.
 */
export class MinuteWriter {
  private readonly rounds = new Periodic(PERIOD_MS, () => this.write());
  private cleanedMs = 0;
  private readonly outage: OutageLog;

  /** @param now milliseconds since 1970, by the clock that all processes share */
  constructor(
    private readonly pool: Pool,
    private readonly figures: MinuteFigures,
    private readonly now: () => number,
    logger: Logger,
  ) {
    this.outage = new OutageLog(logger, 'the figures of a minute are not recorded');
  }

  start(): void {
    this.rounds.start();
  }

  /** Writes what is left. */
  async stop(): Promise<void> {
    await this.rounds.stop();
    await this.write();
  }

  private async write(): Promise<void> {
    const figures = this.figures.gather(this.now());
    try {
      if (figures.length > 0) await addMinutes(this.pool, figures);
      this.figures.forget();
      await this.clean();
      this.outage.worked();
    } catch (error) {
      this.outage.failed(error);
    }
  }

  private async clean(): Promise<void> {
    const nowMs = this.now();
    if (nowMs - this.cleanedMs < HOUR_MS) return;
    await this.pool.query(DELETE_OLD);
    this.cleanedMs = nowMs;
  }
}
