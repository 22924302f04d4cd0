import type pg from 'pg';
import type { Logger } from '../logging/logger.js';
import { Retention } from '../orders/retention.js';
import type { Closers } from './closers.js';

/** Starts forgetting personal data in time. */
export function startRetention(pool: pg.Pool, days: number | undefined, logger: Logger, closers: Closers): void {
  const retention = new Retention(pool, days, logger);
  retention.start();
  closers.add(() => retention.stop());
}
