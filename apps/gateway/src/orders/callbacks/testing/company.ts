import { pino } from 'pino';
import type { Pool } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { Metrics } from '../../../metrics/metrics.js';
import { DatabaseRetry } from '../../sending/database-retry.js';
import { CallbackMetrics } from '../callback-metrics.js';
import { CallbackSender, type CallbackSenderRules } from '../callback-sender.js';
import { Deliverer, type DelivererRules } from '../deliverer.js';
import { NameResolver } from '../../../egress/name-resolver.js';
import { parseNetwork } from '../../../egress/special-networks.js';

export const LOOPBACK = ['127.0.0.0/8', '::1/128'].map((text) => parseNetwork(text)!);

/** What the producer `shop` verifies with. */
export const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;
export const NEXT_SECRET = `whsec_${Buffer.from('another one of 32 bytes, just so').toString('base64')}`;

export function secretBytes(text: string): Buffer {
  return Buffer.from(text.slice('whsec_'.length), 'base64');
}

const SENDER_RULES: CallbackSenderRules = {
  secrets: new Map([
    ['shop', [secretBytes(SECRET)]],
    ['second-shop', [secretBytes(SECRET)]],
  ]),
  isPlainHttpAllowed: true,
  allowedNetworks: LOOPBACK,
  timeoutMs: 5_000,
};

/** For suites whose receivers have no name but localhost. */
export const RESOLVER = new NameResolver({ servers: [], concurrency: 16 });

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
  const parts = { pool, sender, databaseRetry, metrics: new CallbackMetrics(metrics) };
  const deliverer = new Deliverer(parts, { ...RULES, ...rules }, logger);
  deliverer.start();
  return { deliverer, metrics, lines };
}

/** Waits until a condition holds, asking again and again. */
export async function until<T>(what: string, ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await delay(20);
  }
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
