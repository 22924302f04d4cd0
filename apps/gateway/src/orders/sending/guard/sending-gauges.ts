import type pg from 'pg';
import type { Metrics } from '../../../metrics/metrics.js';
import { Reading } from '../../../metrics/reading.js';
import { findSendingStops } from './sending-stops.js';

/** Whether and why orders wait. */
export function watchSending(metrics: Metrics, pool: pg.Pool): void {
  const reading = new Reading(metrics, 'sending', () => findSendingStops(pool));
  reading.gauge('vestibule_sending_stopped', '1 while no order is sent, whatever the reason.', ({ stops }) =>
    stops.length === 0 ? 0 : 1,
  );
  reading.labelled(
    'vestibule_sending_stop_reasons',
    '1 for each reason for which no order is sent.',
    'reason',
    ({ stops }) => stops.map(({ reason }) => [reason, 1]),
  );
  reading.gauge(
    'vestibule_unknown_outcomes_in_a_row',
    'Orders whose outcome is unknown since the last valid answer to one.',
    ({ unknowns }) => unknowns,
  );
}
