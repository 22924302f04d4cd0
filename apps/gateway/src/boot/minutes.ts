import type { Pool } from 'pg';
import type { Logger } from '../core/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { MinuteWriter } from '../metrics/minutes/write-minutes.js';
import type { DatabaseClock } from '../storage/database-clock.js';
import type { Closers } from './closers.js';

/** Starts writing down what happens in each minute. */
export function startMinutes(
  { pool, metrics, clock }: { pool: Pool; metrics: Metrics; clock: DatabaseClock },
  logger: Logger,
  closers: Closers,
): void {
  const writer = new MinuteWriter(pool, metrics.minutes, clock.now, logger);
  writer.start();
  closers.add('the figures of the last minutes', () => writer.stop());
}
