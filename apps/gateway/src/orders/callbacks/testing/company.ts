import { NO_TRACES } from '../../../tracing/traces.js';
import { pino } from 'pino';
import type { Pool } from 'pg';
import { Metrics } from '../../../metrics/metrics.js';
import { DatabaseRetry } from '../../sending/database-retry.js';
import { CallbackMetrics } from '../callback-metrics.js';
import { CallbackSender, type CallbackSenderRules } from '../callback-sender.js';
import { Deliverer, type DelivererRules } from '../deliverer.js';
import type { NameResolver } from '../../../egress/name-resolver.js';
import { LOOPBACK, RESOLVER } from '../../../testing/loopback.js';
import { until } from '../../../testing/until.js';

/** What the producer `shop` verifies with. */
export const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;
export const NEXT_SECRET = `whsec_${Buffer.from('another one of 32 bytes, just so').toString('base64')}`;

export function secretBytes(text: string): Buffer {
  return Buffer.from(text.slice('whsec_'.length), 'base64');
}

const SENDER_RULES: CallbackSenderRules = {
  secretsOf: (name) => (['shop', 'second-shop'].includes(name) ? [secretBytes(SECRET)] : []),
  isPlainHttpAllowed: true,
  allowedNetworks: LOOPBACK,
  timeoutMs: 5_000,
};

/** Impatient: a test waits for what happens, not for the clock. */
const RULES: DelivererRules = {
  scheduleSecs: [0, 0.05, 0.05, 0.05, 0.05, 0.05],
  concurrency: 16,
  disableAfterSecs: 432_000,
  leaseMs: 20_000,
};

export function createSender(
  rules: Partial<CallbackSenderRules> = {},
  { resolve }: Pick<NameResolver, 'resolve'> = RESOLVER,
): CallbackSender {
  return new CallbackSender({ ...SENDER_RULES, ...rules }, 'Vestibule/test', resolve);
}

/** A deliverer that has started, as a worker process has one. */
export function startDeliverer(
  pool: Pool,
  rules: Partial<DelivererRules> = {},
  sender: CallbackSender = createSender(),
): { deliverer: Deliverer; metrics: Metrics; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    { base: null },
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const metrics = new Metrics();
  const databaseRetry = new DatabaseRetry({ pauseMs: 50, limitMs: 5_000, stoppingLimitMs: 1_000 }, logger);
  const parts = { pool, sender, databaseRetry, metrics: new CallbackMetrics(metrics), traces: NO_TRACES };
  const deliverer = new Deliverer(parts, { ...RULES, ...rules }, logger);
  deliverer.start();
  return { deliverer, metrics, lines };
}

/** Waits until as many deliveries have a state as said. */
export async function untilStates(pool: Pool, state: string, count: number): Promise<void> {
  await until(`${count} deliveries are ${state}`, async () => {
    const { rows } = await pool.query<{ count: number }>(
      'select count(*)::int as count from callback_deliveries where state = $1',
      [state],
    );
    return rows[0]?.count === count ? true : undefined;
  });
}
