import type { Pool } from 'pg';
import { NO_ALERTS, type AlertChannel } from '../alerts/alert-channel.js';
import { AlertMetrics } from '../alerts/alert-metrics.js';
import { AlertRelay } from '../alerts/alert-relay.js';
import { AlertSender } from '../alerts/alert-sender.js';
import { AlertTester } from '../alerts/alert-tester.js';
import { DirectAlerts } from '../alerts/direct-alerts.js';
import type { AlertsConfig } from '../config/config.js';
import type { Logger } from '../core/logger.js';
import { VERSION } from '../core/version.js';
import { NameResolver } from '../egress/name-resolver.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Closers } from './closers.js';

/** Of one attempt, from resolving the name on. */
const TIMEOUT_MS = 10_000;
/** Beyond that: how soon another process takes over from one that is dead. */
const LEASE_MARGIN_MS = 5_000;
/** A chat that was down for minutes gets its alerts at once when it is back. */
const SCHEDULE_SECS = [1, 2, 5, 10, 30, 60];
const POLL_MS = 1_000;

/** The voice of a process. */
export interface Alerts {
  readonly channel: AlertChannel;
  readonly tester: AlertTester;
}

/** Starts pushing operator events to the targets of the settings; every process that has targets does. */
export async function startAlerts(
  config: AlertsConfig,
  { pool, metrics: registry }: { pool: Pool; metrics: Metrics },
  logger: Logger,
  closers: Closers,
): Promise<Alerts> {
  const { targets, runbookUrl, consoleUrl, dnsServers } = config;
  const resolver = new NameResolver({ servers: dnsServers, concurrency: Math.max(1, targets.length) });
  const userAgent = `Vestibule/${VERSION} (alerts)`;
  const sender = new AlertSender({ ...config, timeoutMs: TIMEOUT_MS }, userAgent, resolver.resolve);
  const tester = new AlertTester(pool, sender, config);
  if (targets.length === 0) return { channel: NO_ALERTS, tester };
  const rules = {
    targets,
    runbookUrl,
    consoleUrl,
    leaseMs: TIMEOUT_MS + LEASE_MARGIN_MS,
    scheduleSecs: SCHEDULE_SECS,
    pollMs: POLL_MS,
  };
  const metrics = new AlertMetrics(registry, targets);
  const relay = new AlertRelay({ pool, sender, metrics }, rules, logger);
  const channel = new DirectAlerts({ sender, metrics }, rules, logger);
  await relay.start();
  closers.addWork('the delivery of alerts', async () => {
    await Promise.all([relay.stop(closers.broken), channel.stop(closers.broken)]);
  });
  return { channel, tester };
}
