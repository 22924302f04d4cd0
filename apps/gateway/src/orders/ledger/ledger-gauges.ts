import type pg from 'pg';
import type { Metrics } from '../../metrics/metrics.js';
import { Reading } from '../../metrics/reading.js';
import { countByStatus } from './decisions/count-by-status.js';

/** The orders that wait, and for how long. */
export function watchLedger(metrics: Metrics, pool: pg.Pool): void {
  const reading = new Reading(metrics, 'orders', () => countByStatus(pool));
  reading.labelled(
    'vestibule_orders',
    'Orders whose state is not final or waits for a person, by status.',
    'status',
    (piles) => piles.map(({ status, count }) => [status, count]),
  );
  reading.labelled(
    'vestibule_orders_oldest_age_seconds',
    'How long the oldest order of a status has been in it; 0 for none.',
    'status',
    (piles) => piles.map(({ status, oldestAgeSecs }) => [status, oldestAgeSecs ?? 0]),
  );
}
