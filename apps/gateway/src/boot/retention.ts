import type pg from 'pg';
import type { Logger } from '../core/logger.js';
import { Retention, type RetentionDays } from '../orders/retention.js';
import type { Closers } from './closers.js';

/** Starts forgetting in time. */
export function startRetention(pool: pg.Pool, days: RetentionDays, logger: Logger, closers: Closers): void {
  const retention = new Retention(pool, days, logger);
  retention.start();
  closers.add(() => retention.stop());
}
