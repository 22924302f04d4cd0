import type { Pool } from 'pg';
import { DatabaseClock } from '../../../storage/database-clock.js';
import { openPartner } from '../../../partner/open-partner.js';
import { readConfig } from '../../../config/read-config.js';
import { createLogger, type Logger } from '../../../core/logger.js';
import { Metrics } from '../../../metrics/metrics.js';
import { Breaker } from '../../../partner/circuit-breaker.js';
import { Tracker } from '../tracker.js';

export interface RunningTracker {
  readonly metrics: Metrics;
  stop(): Promise<void>;
}

/** A tracker as a worker process of its own has it, configured by the environment. */
export function startTracker(
  pool: Pool,
  troikaUrl: string,
  env: Readonly<Record<string, string>> = {},
  logger: Logger = createLogger('silent'),
): RunningTracker {
  const { troika } = readConfig({
    ROLES: 'worker',
    TROIKA_URL: troikaUrl,
    TROIKA_BASIC_USER: 'agent',
    TROIKA_BASIC_PASSWORD: 'test-troika-password',
    TROIKA_API_PHONE: '+73946027654',
    TROIKA_TERMINAL_ID: 'bus_f78a8a6aa7fb3d5',
    TROIKA_SIGNATURE_KEY: 'test-signature-key',
    TROIKA_RATE_PER_SECOND: '1000',
    TROIKA_TIMEOUT_MS: '5000',
    TROIKA_TRACK_SCHEDULE_SECS: '3600',
    TROIKA_BREAKER_PAUSE_SECS: '0.1',
    ...env,
  });
  if (troika === undefined) throw new Error('a worker has a partner');
  const metrics = new Metrics();
  const breaker = new Breaker(pool, { ...troika.breaker, probeLimitMs: 5_000 });
  const tracker = new Tracker(
    {
      pool,
      partner: openPartner(troika, { pool, clock: new DatabaseClock(pool, logger), metrics }, logger),
      breaker,
      metrics,
    },
    troika,
    logger,
  );
  tracker.start();
  return { metrics, stop: () => tracker.stop() };
}
