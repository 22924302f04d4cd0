import type { TroikaConfig } from '../config/config.js';
import type { Logger } from '../core/logger.js';
import type { PollerParts } from '../orders/tracking/poller.js';
import { Tracker } from '../orders/tracking/tracker.js';
import { TrackingReports } from '../orders/tracking/tracking-reports.js';
import type { Closers } from './closers.js';

/** Starts asking about paid orders. */
export function startTracking(troika: TroikaConfig, parts: PollerParts, logger: Logger, closers: Closers): void {
  const tracker = new Tracker(parts, troika, logger);
  tracker.start();
  closers.addWork('tracking', () => tracker.stop());
  const reports = new TrackingReports(parts.pool, logger);
  reports.start();
  closers.addWork('the reports of tracking', () => reports.stop());
}
