import type { StoredKeys } from '../api-keys/stored-keys.js';
import type { CallbacksConfig } from '../config/config.js';
import { NameResolver } from '../egress/name-resolver.js';
import { describeError, type Logger } from '../core/logger.js';
import type { NameServers } from '../health/parts/name-servers.js';
import type { Metrics } from '../metrics/metrics.js';
import { CallbackMetrics } from '../orders/callbacks/callback-metrics.js';
import { CallbackSender } from '../orders/callbacks/callback-sender.js';
import { Deliverer } from '../orders/callbacks/deliverer.js';
import { DatabaseRetry } from '../orders/sending/database-retry.js';
import type { Traces } from '../tracing/traces.js';
import type { Closers } from './closers.js';
import type { Storage } from './storage.js';
import { VERSION } from '../core/version.js';

/** Beyond the time limit of an attempt: how soon another process takes over from one that is dead. */
const LEASE_MARGIN_MS = 5_000;
/** One reads due deliveries, the others store the outcomes of attempts. */
const POOL_SIZE = 4;
/** How soon storing the outcome of an attempt is retried while the database is away, and for how long. */
const PAUSE_MS = 300;
const SETTLING_LIMIT_MS = 60_000;
/** How long a process that is to end waits for a database that is away. */
const STOPPING_LIMIT_MS = 2_000;

/** Accepting an order checks its address with it, delivering connects with it. */
export function createCallbackSender(
  callbacks: CallbacksConfig,
  { nameServers, storedKeys }: { readonly nameServers: NameServers; readonly storedKeys: StoredKeys },
): CallbackSender {
  const { dnsServers, concurrency } = callbacks;
  const onAsked = (known?: string): void => nameServers.need(dnsServers, known);
  const resolver = new NameResolver({ servers: dnsServers, concurrency, onAsked });
  const secretsOf = (name: string): readonly Buffer[] => [
    ...storedKeys.callbackSecretsOf(name),
    ...(callbacks.secrets.get(name) ?? []),
  ];
  return new CallbackSender({ ...callbacks, secretsOf }, `Vestibule/${VERSION} (callbacks)`, resolver.resolve);
}

/**
 * Starts delivering callbacks. It has its own connections: attempts that end together wait for each other, not for
 * those of sending.
 */
export function startCallbacks(
  callbacks: CallbacksConfig,
  {
    openPool,
    sender,
    metrics,
    traces,
  }: Pick<Storage, 'openPool'> & { sender: CallbackSender; metrics: Metrics; traces: Traces },
  logger: Logger,
  closers: Closers,
): void {
  const pool = openPool({
    size: POOL_SIZE,
    onIdleError: (error) => logger.warn({ error: describeError(error) }, 'a database connection of callbacks broke'),
  });
  closers.add('the pool of callbacks', () => pool.end());
  const leaseMs = callbacks.timeoutMs + LEASE_MARGIN_MS;
  const limits = { pauseMs: PAUSE_MS, limitMs: SETTLING_LIMIT_MS, stoppingLimitMs: STOPPING_LIMIT_MS };
  const databaseRetry = new DatabaseRetry(limits, logger);
  const parts = { pool, sender, databaseRetry, metrics: new CallbackMetrics(metrics), traces };
  const deliverer = new Deliverer(parts, { ...callbacks, leaseMs }, logger);
  deliverer.start();
  closers.addWork('the delivery of callbacks', () => {
    databaseRetry.stop();
    return deliverer.stop(closers.broken);
  });
}
