import type pg from 'pg';
import type { Logger } from '../core/logger.js';
import { BreakerReport } from '../health/parts/breaker-report.js';
import type { Watches } from '../health/parts/watches.js';
import type { Closers } from './closers.js';

/** Starts showing other processes the state of the circuit breaker for the company's own system, in a process that calls it. */
export function startBreakerReport({ breaker }: Watches, pool: pg.Pool, logger: Logger, closers: Closers): void {
  if (breaker === undefined) return;
  const report = new BreakerReport(breaker, pool, logger);
  closers.add('the report of the circuit breaker', () => report.stop());
  report.start();
}
