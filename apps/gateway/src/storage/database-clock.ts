import type pg from 'pg';
import { describeError, type Logger } from '../core/logger.js';
import { Periodic } from './periodic.js';
import { statement } from './statement.js';

/** How often the clock of the database is read. */
const PERIOD_MS = 5_000;
/** How much two clocks may run apart, at most: what was read long ago says less than what was read slowly. */
const DRIFT = 0.001;

/** One reading. */
interface Reading {
  /** The database's time, in milliseconds since 1970. */
  readonly databaseMs: number;
  /** The moment it is for, by a clock of this process that cannot be set. */
  readonly steadyMs: number;
  /** By how much it may be wrong: the answer was in progress for twice as long. */
  readonly errorMs: number;
}

const READ_CLOCK = statement('read-clock')`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;

/**
 * The time of the database, which every process of ours shares, whatever its own clock says. Between readings a clock
 * that cannot be set continues from the last one. Until the first reading it is the process's own time.
 */
export class DatabaseClock {
  private reading: Reading | undefined;
  private readonly rounds: Periodic;

  constructor(
    private readonly pool: pg.Pool,
    private readonly logger: Logger,
  ) {
    this.rounds = new Periodic(PERIOD_MS, () => this.read());
  }

  /** Resolves after the first reading, or the failure to get one. */
  async start(): Promise<void> {
    await this.read();
    this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  /** Milliseconds since 1970. */
  readonly now = (): number => Date.now() - this.skewMs();

  /** By how many milliseconds this process's clock is ahead of the database's; negative when it is behind. */
  skewMs(): number {
    if (this.reading === undefined) return 0;
    const { databaseMs, steadyMs } = this.reading;
    return Date.now() - (databaseMs + performance.now() - steadyMs);
  }

  /** One reading; a failure leaves what was known. */
  async read(): Promise<void> {
    try {
      const asked = performance.now();
      const { rows } = await this.pool.query<{ ms: number }>(READ_CLOCK);
      const answered = performance.now();
      const databaseMs = rows[0]?.ms ?? Date.now();
      this.take({ databaseMs, steadyMs: (asked + answered) / 2, errorMs: (answered - asked) / 2 });
    } catch (error) {
      this.logger.debug({ error: describeError(error) }, 'the clock of the database was not read');
    }
  }

  /** Keeps the better of two readings that agree; when they cannot both be right, a clock was set, and the new one holds. */
  private take(fresh: Reading): void {
    const { reading } = this;
    if (reading !== undefined) {
      const elapsedMs = fresh.steadyMs - reading.steadyMs;
      const olderErrorMs = reading.errorMs + elapsedMs * DRIFT;
      const differenceMs = Math.abs(fresh.databaseMs - (reading.databaseMs + elapsedMs));
      if (differenceMs <= olderErrorMs + fresh.errorMs && olderErrorMs < fresh.errorMs) return;
    }
    this.reading = fresh;
  }
}
