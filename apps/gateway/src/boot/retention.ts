import type pg from 'pg';
import type { Logger } from '../core/logger.js';
import { LoyaltyRetention } from '../loyalty/erasure/loyalty-retention.js';
import { Retention, type RetentionDays } from '../orders/retention.js';
import type { Closers } from './closers.js';

/** Starts erasing personal data after their retention. */
export function startRetention(pool: pg.Pool, days: RetentionDays, logger: Logger, closers: Closers): void {
  const retention = new Retention(pool, days, logger);
  retention.start();
  closers.addWork('the retention of orders', () => retention.stop());
}

/** Starts erasing the programme's temporary data. */
export function startLoyaltyRetention(pool: pg.Pool, days: number | undefined, logger: Logger, closers: Closers): void {
  const retention = new LoyaltyRetention(pool, days, logger);
  retention.start();
  closers.addWork('the retention of the programme', () => retention.stop());
}
