import { Gauge } from 'prom-client';
import type pg from 'pg';
import { countTracks, type TrackCounts } from './count-tracks.js';
import type { Metrics } from '../../metrics/metrics.js';

/** Gauges of tracking, read from the database when Prometheus asks: every process shows the same numbers. */
export function watchTracking({ registry }: Metrics, pool: pg.Pool): void {
  // The gauges of one scrape are collected at the same time: they share one count.
  let counting: Promise<TrackCounts> | undefined;
  const count = (): Promise<TrackCounts> => (counting ??= countTracks(pool).finally(() => (counting = undefined)));
  const gauge = (name: string, help: string, read: (counts: TrackCounts) => number): void => {
    const registered: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect: async () => registered.set(read(await count())),
    });
  };
  gauge('vestibule_tracks', 'Paid orders that are being tracked.', ({ open }) => open);
  gauge('vestibule_tracks_due', 'Paid orders that should have been asked about by now.', ({ due }) => due);
  gauge(
    'vestibule_tracks_oldest_lateness_seconds',
    'How late the paid order is that should have been asked about first; 0 for none.',
    ({ oldestLatenessSecs }) => oldestLatenessSecs,
  );
}
