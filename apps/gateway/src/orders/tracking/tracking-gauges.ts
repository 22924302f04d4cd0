import type pg from 'pg';
import type { Metrics } from '../../metrics/metrics.js';
import { Reading } from '../../metrics/reading.js';
import { countTracks } from './count-tracks.js';

/** The paid orders that are tracked, and how late that is. */
export function watchTracking(metrics: Metrics, pool: pg.Pool): void {
  const reading = new Reading(metrics, 'tracking', () => countTracks(pool));
  reading.gauge('vestibule_tracks', 'Paid orders that are being tracked.', ({ open }) => open);
  reading.gauge('vestibule_tracks_due', 'Paid orders that should have been asked about by now.', ({ due }) => due);
  reading.gauge(
    'vestibule_tracks_oldest_lateness_seconds',
    'How late the paid order is that should have been asked about first; 0 for none.',
    ({ oldestLatenessSecs }) => oldestLatenessSecs,
  );
}
