import type { DynamicModule } from '@nestjs/common';
import type { StoredKeys } from '../api-keys/stored-keys.js';
import type { Config, TroikaConfig } from '../config/config.js';
import type { Logger } from '../core/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { AccountModule } from '../partner/account/account.module.js';
import { Catalog } from '../partner/catalog/catalog.js';
import { CatalogModule } from '../partner/catalog/catalog.module.js';
import type { SendJob } from '../orders/ledger/send-job.js';
import { DayBudgets } from '../orders/ledger/day-budgets.js';
import { Ledger } from '../orders/ledger/ledger.js';
import { OrderRate } from '../orders/api/order-rate.js';
import type { RequestHashes } from '../orders/api/request-hash.js';
import { OrdersModule } from '../orders/orders.module.js';
import type { Partner } from '../partner/partner.js';
import { checkRefusedTracks } from '../orders/tracking/check-refused-tracks.js';
import { SendingGate } from '../orders/sending/guard/gate.js';
import { SEND_QUEUE, SendQueue } from '../orders/sending/send-queue.js';
import { TicketsModule } from '../orders/tickets/tickets.module.js';
import type { HealthCheck } from '../health/health-watch.js';
import { checkClock, checkPartnerClock } from '../health/clock-checks.js';
import type { DatabaseClock } from '../storage/database-clock.js';
import type { NameServers } from '../health/parts/name-servers.js';
import type { InspectQueue, QueueBackend } from '../queue/job-queue.js';
import { openQueueBackend } from '../queue/open-backend.js';
import { createCallbackSender, startCallbacks } from './callbacks.js';
import type { Closers } from './closers.js';
import { startRefreshing } from './refreshing.js';
import { openGuard } from './guard.js';
import type { Traces } from '../tracing/traces.js';
import { startSending } from './sending.js';
import type { Storage } from './storage.js';

/** For a process without the partner's time limit: it claims nothing, so it has no leases. */
const DEFAULT_LEASE_MS = 60_000;

/** What the roles `orders` and `worker` need of a process, and what the others may use of it. */
export interface OrdersPart {
  readonly queue: SendQueue;
  /** The queue, for Bull Board. */
  readonly inspectQueue: InspectQueue;
  readonly pingQueue: () => Promise<void>;
  /** What the queue lives in. */
  readonly queueKind: QueueBackend['kind'];
  /** What can be wrong with the queue, for the health of the process. */
  readonly checks: readonly HealthCheck[];
  /** The dictionaries, if this process needs them; another part may use them too. */
  readonly catalog: Catalog | undefined;
  /** The modules of the internal listener; none without the role `orders`. */
  readonly modules: readonly DynamicModule[];
}

/** Opens the queue and starts what the roles `orders` and `worker` name. */
export async function startOrders(
  config: Config,
  parts: {
    storage: Storage;
    clock: DatabaseClock;
    partner: Partner | undefined;
    metrics: Metrics;
    traces: Traces;
    nameServers: NameServers;
    hashes: RequestHashes;
    storedKeys: StoredKeys;
  },
  logger: Logger,
  closers: Closers,
): Promise<OrdersPart> {
  const { roles, troika } = config;
  const { storage, clock, partner, metrics, traces, nameServers, hashes, storedKeys } = parts;
  const { pool, direct, openPool } = storage;
  const backend = openQueueBackend({ redisUrl: config.queue.redisUrl, database: direct }, clock, logger);
  closers.add('the backend of the queue', () => backend.close());
  await backend.prepare();
  const jobs = backend.openQueue<SendJob>(SEND_QUEUE);
  const queue = new SendQueue(jobs, logger);
  closers.add('the queue', () => queue.close());
  const gate = new SendingGate();
  const leaseMs = troika === undefined ? DEFAULT_LEASE_MS : troika.timeoutMs + troika.leaseMarginMs;
  const unknownLimit = troika?.breaker.unknowns;
  const ledger = new Ledger(pool, leaseMs, () => gate.permittedRun(), config.orders.priority, unknownLimit);
  const callbacks = createCallbackSender(config.callbacks, { nameServers, storedKeys });
  const modules: DynamicModule[] = [];
  const checks: HealthCheck[] = [backend.check];
  const catalog = new Catalog(pool, logger);
  const needsCatalog = roles.has('orders') || (roles.has('worker') && troika !== undefined);
  if (needsCatalog) {
    closers.add('the dictionaries', () => catalog.stop());
    await catalog.start();
  }
  if (roles.has('worker')) {
    if (troika !== undefined && partner !== undefined) {
      await startRefreshing(troika.catalog, { pool, partner, metrics }, logger, closers);
      const { guard, keeper } = await openGuard(config.sendJournal, { pool, backend, gate }, logger, closers);
      const { journal } = keeper;
      await startSending(
        troika,
        { pool, ledger, gate, queue, backend, partner, metrics, catalog, journal, traces },
        logger,
        closers,
      );
      const clockCheck = checkClock(clock, gate, troika.clockSkewLimitSecs);
      // A process whose clock is wrong must not send in its first seconds either.
      await clockCheck.find();
      checks.push(clockCheck, checkPartnerClock(partner.clock), checkRefusedTracks(pool));
      guard.start();
    }
    startCallbacks(config.callbacks, { openPool, sender: callbacks, metrics, traces }, logger, closers);
  }
  if (roles.has('orders')) {
    const rate = new OrderRate(config.orders.perSecond);
    const budgets = new DayBudgets(pool, config.orders.roublesPerDay);
    modules.push(
      OrdersModule.forRoot(ledger, queue, { callbacks, catalog, hashes, traces, rate, budgets }),
      ticketsModule(troika, partner),
      CatalogModule.forRoot(catalog),
      { module: AccountModule },
    );
  }
  return {
    queue,
    catalog: needsCatalog ? catalog : undefined,
    inspectQueue: () => jobs.inspect(),
    pingQueue: () => backend.ping(),
    queueKind: backend.kind,
    checks,
    modules,
  };
}

/** A cancellation holds its lease over the call and the reading behind it. */
function ticketsModule(troika: TroikaConfig | undefined, partner: Partner | undefined): DynamicModule {
  if (troika === undefined || partner === undefined) return TicketsModule.forRoot(undefined);
  return TicketsModule.forRoot({ partner, leaseMs: 2 * troika.timeoutMs + troika.leaseMarginMs });
}
