import { pino } from 'pino';
import type { Pool } from 'pg';
import { Metrics } from '../../metrics/metrics.js';
import { LOOPBACK, RESOLVER } from '../../testing/loopback.js';
import { AlertMetrics } from '../alert-metrics.js';
import { AlertRelay, type AlertRules } from '../alert-relay.js';
import { AlertSender } from '../alert-sender.js';
import type { AlertTarget } from '../alert-target.js';
import { DirectAlerts } from '../direct-alerts.js';

const SECRET_BYTES = Buffer.from('a secret of thirty-two bytes, ok');
/** What the receivers of `standard` verify with. */
export const ALERT_SECRET = `whsec_${SECRET_BYTES.toString('base64')}`;

export function targetOf(name: string, url: string, form: AlertTarget['form'] = 'standard'): AlertTarget {
  return { name, form, url, secrets: [SECRET_BYTES] };
}

/** What delivers alerts in a process, with short pauses. */
export function createAlerts(pool: Pool, targets: readonly AlertTarget[], rules: Partial<AlertRules> = {}) {
  const short = { leaseMs: 20_000, scheduleSecs: [0.05], pollMs: 20 };
  const all: AlertRules = { targets, runbookUrl: 'https://docs.test', ...short, ...rules };
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    { base: null },
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const metrics = new Metrics();
  const rulesOfEgress = {
    isPlainHttpAllowed: true,
    allowedNetworks: LOOPBACK,
    timeoutMs: 5_000,
    wayTo: () => undefined,
  };
  const sender = new AlertSender(rulesOfEgress, 'Vestibule/test', RESOLVER.resolve);
  const parts = { pool, sender, metrics: new AlertMetrics(metrics, targets) };
  return {
    relay: new AlertRelay(parts, all, logger),
    direct: new DirectAlerts(parts, all, logger),
    sender,
    metrics,
    lines,
  };
}
