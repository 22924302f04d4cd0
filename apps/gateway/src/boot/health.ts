import type pg from 'pg';
import type { AlertChannel } from '../alerts/alert-channel.js';
import type { Logger } from '../core/logger.js';
import { Conditions } from '../health/conditions.js';
import { checkDurability, checkWrites } from '../health/database-checks.js';
import { checkEventLoop } from '../health/event-loop.js';
import { HealthWatch, type HealthCheck } from '../health/health-watch.js';
import { watchConditions } from '../health/condition-gauges.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Closers } from './closers.js';

/** What probes ask about a process, beside whether its parts answer. */
export interface Health {
  readonly conditions: Conditions;
  /** Looks now, for a while at most. */
  readonly look: () => Promise<void>;
}

/**
 * Starts the health checks.
 *
 * @param more checks beside those of the database
 */
export function startHealth(
  { pool, metrics, alerts }: { pool: pg.Pool; metrics: Metrics; alerts: AlertChannel },
  more: readonly HealthCheck[],
  logger: Logger,
  closers: Closers,
): Health {
  const conditions = new Conditions(pool, logger, alerts);
  watchConditions(metrics, conditions);
  const watch = new HealthWatch(
    [checkDurability(pool), checkWrites(pool), checkEventLoop(), ...more],
    conditions,
    logger,
  );
  watch.start();
  closers.add('the health checks', () => watch.stop());
  return { conditions, look: () => watch.look() };
}
