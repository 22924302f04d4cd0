import { Gauge } from 'prom-client';
import type { Metrics } from '../metrics/metrics.js';
import type { PartnerClock } from '../partner/partner-clock.js';
import type { DatabaseClock } from '../storage/database-clock.js';

/** How wrong clocks are, as this process sees them. */
export function watchClocks({ registry }: Metrics, clock: DatabaseClock, partner: PartnerClock | undefined): void {
  const skew: Gauge = new Gauge({
    name: 'vestibule_clock_skew_seconds',
    help: 'database: this process is ahead of PostgreSQL; partner: PostgreSQL is ahead of the Date of its answers.',
    labelNames: ['against'],
    registers: [registry],
    collect: () => {
      skew.set({ against: 'database' }, clock.skewMs() / 1_000);
      const partnerMs = partner?.skewMs();
      if (partnerMs === undefined) skew.remove({ against: 'partner' });
      else skew.set({ against: 'partner' }, partnerMs / 1_000);
    },
  });
}
