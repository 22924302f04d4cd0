import type pg from 'pg';
import type { Config } from '../config/config.js';
import { watchClocks } from '../health/clock-gauges.js';
import type { Metrics } from '../metrics/metrics.js';
import { watchPool } from '../metrics/pool-gauges.js';
import { watchCallbacks } from '../orders/callbacks/callback-metrics.js';
import { watchLedger } from '../orders/ledger/ledger-gauges.js';
import { watchSending } from '../orders/sending/guard/sending-gauges.js';
import { watchTracking } from '../orders/tracking/tracking-gauges.js';
import type { Partner } from '../partner/partner.js';
import { watchPartner } from '../partner/partner-gauges.js';
import type { DatabaseClock } from '../storage/database-clock.js';

/** Registers what the page of metrics reads when Prometheus asks: what the ledger says, in processes of operators only. */
export function startGauges(
  { roles }: Pick<Config, 'roles'>,
  { metrics, pool, clock, partner }: { metrics: Metrics; pool: pg.Pool; clock: DatabaseClock; partner?: Partner },
): void {
  watchClocks(metrics, clock, partner?.clock);
  watchPool(metrics, pool);
  if (!roles.has('admin')) return;
  for (const watch of [watchLedger, watchPartner, watchSending, watchTracking, watchCallbacks]) watch(metrics, pool);
}
