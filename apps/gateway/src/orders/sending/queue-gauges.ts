import type { Metrics } from '../../metrics/metrics.js';
import { Reading } from '../../metrics/reading.js';
import type { SendQueue } from './send-queue.js';

/** How many orders the queue has; what it has not yet, the ledger has. */
export function watchQueue(metrics: Metrics, queue: SendQueue): void {
  const reading = new Reading(metrics, 'queue', () => queue.counts());
  reading.labelled(
    'vestibule_queue_jobs',
    'Orders in the queue by the state of their job: waiting, active, delayed or failed.',
    'state',
    (counts) => Object.entries(counts),
  );
}
