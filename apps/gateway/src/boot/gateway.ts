import { Module, type DynamicModule } from '@nestjs/common';
import { AdminModule } from '../admin/admin.module.js';
import { ConsoleModule } from '../admin/console/console.module.js';
import type { Config, TroikaConfig } from '../config/config.js';
import { answerFaultAsProblem } from '../http/problem.js';
import { ProblemFilter } from '../http/problem.filter.js';
import type { Logger } from '../logging/logger.js';
import { watchLedger } from '../metrics/ledger-gauges.js';
import { Metrics } from '../metrics/metrics.js';
import { watchTracking } from '../metrics/tracking-gauges.js';
import { requireBasicAuth } from '../loyalty/basic-auth.js';
import { answerFaultToKoshelek, LOYALTY_BODY_LIMIT } from '../loyalty/loyalty-faults.js';
import { LoyaltyFilter } from '../loyalty/loyalty.filter.js';
import { CardsModule } from '../loyalty/admin/cards.module.js';
import { ImportModule } from '../loyalty/import/import.module.js';
import { LoyaltyModule } from '../loyalty/loyalty.module.js';
import { BATCH_BODY_LIMIT } from '../orders/batch-request.js';
import { Ledger } from '../orders/ledger/ledger.js';
import type { SendJob } from '../orders/ledger/claim-orders.js';
import { OrdersModule } from '../orders/orders.module.js';
import type { Partner } from '../orders/partner/partner.js';
import { SEND_QUEUE, SendQueue } from '../orders/send-queue.js';
import { TicketsModule } from '../orders/tickets/tickets.module.js';
import { openQueueBackend } from '../queue/open-backend.js';
import { Closers } from './closers.js';
import { CoreModule } from './core.module.js';
import { listen } from './listen.js';
import { startRetention } from './retention.js';
import { openPartner, startSending } from './sending.js';
import { openStorage } from './storage.js';
import type pg from 'pg';

/** A running process of the gateway. */
export interface Gateway {
  /** Base URL of the public door; absent without the role `loyalty`. */
  readonly publicUrl: string | undefined;
  readonly internalUrl: string;
  readonly pool: pg.Pool;
  /** Stops taking work, finishes what is under way, and closes everything; safe to call twice. */
  stop(): Promise<void>;
}

const DEFAULT_LEASE_MS = 60_000;
const INTERNAL_BODY_LIMIT = 1024 * 1024;

/** One listener's modules. */
@Module({})
class DoorModule {
  static of(...imports: DynamicModule['imports'] & object): DynamicModule {
    return { module: DoorModule, imports };
  }
}

/**
 * Starts what `config.roles` names. What has been started is stopped again when a later step fails.
 *
 * @throws ConfigError, PortError, or an error of the database
 */
export async function startGateway(config: Config, logger: Logger): Promise<Gateway> {
  const closers = new Closers();
  try {
    return await start(config, logger, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

/** A cancellation holds its lease over the call and the reading behind it. */
function ticketsModule(troika: TroikaConfig | undefined, partner: Partner | undefined): DynamicModule {
  if (troika === undefined || partner === undefined) return TicketsModule.forRoot(undefined);
  return TicketsModule.forRoot({ partner, leaseMs: 2 * troika.timeoutMs + troika.leaseMarginMs });
}

async function start(config: Config, logger: Logger, closers: Closers): Promise<Gateway> {
  const { roles, troika, koshelek } = config;
  const { pool, databaseUrl } = await openStorage(config.database, logger, closers);
  const metrics = new Metrics();
  const core = CoreModule.forRoot(config, pool, logger, metrics);
  const partner = troika && openPartner(troika, pool, metrics);
  const internal: DynamicModule[] = [core];
  let pingQueue: (() => Promise<void>) | undefined;
  let sendQueue: SendQueue | undefined;

  if (roles.has('orders') || roles.has('worker')) {
    const backend = openQueueBackend({ redisUrl: config.queue.redisUrl, databaseUrl }, pool, logger);
    closers.add(() => backend.close());
    await backend.prepare();
    pingQueue = () => backend.ping();
    const queue = new SendQueue(backend.openQueue<SendJob>(SEND_QUEUE), logger);
    sendQueue = queue;
    closers.add(() => queue.close());
    const ledger = new Ledger(pool, troika === undefined ? DEFAULT_LEASE_MS : troika.timeoutMs + troika.leaseMarginMs);
    if (roles.has('worker') && troika !== undefined && partner !== undefined)
      startSending(troika, { pool, ledger, queue, backend, partner, metrics }, logger, closers);
    if (roles.has('orders')) internal.push(OrdersModule.forRoot(ledger, queue), ticketsModule(troika, partner));
  }
  if (roles.has('worker')) startRetention(pool, config.retentionDays, logger, closers);
  if (roles.has('admin')) {
    watchLedger(metrics, pool);
    watchTracking(metrics, pool);
  }
  internal.push(AdminModule.forRoot(pingQueue, roles.has('admin') ? { queue: sendQueue, partner } : undefined));

  if (roles.has('admin')) internal.push({ module: ImportModule }, { module: CardsModule }, { module: ConsoleModule });

  const internalUrl = await listen(
    {
      portVariable: 'INTERNAL_PORT',
      listener: config.internalListener,
      module: DoorModule.of(...internal),
      filter: new ProblemFilter(logger),
      fastify: {
        answerFault: answerFaultAsProblem,
        bodyLimit: INTERNAL_BODY_LIMIT,
        bodyLimits: { '/orders/batch': BATCH_BODY_LIMIT },
      },
    },
    logger,
    closers,
  );
  const publicUrl =
    koshelek &&
    (await listen(
      {
        portVariable: 'PUBLIC_PORT',
        listener: config.publicListener,
        module: DoorModule.of(core, LoyaltyModule),
        filter: new LoyaltyFilter(logger),
        fastify: {
          answerFault: answerFaultToKoshelek,
          bodyLimit: LOYALTY_BODY_LIMIT,
          tls: config.publicListener.tls,
        },
        onRequest: requireBasicAuth(koshelek),
        basePath: koshelek.basePath,
      },
      logger,
      closers,
    ));
  logger.info({ roles: [...roles], publicUrl, internalUrl }, 'the gateway is serving');
  return { publicUrl, internalUrl, pool, stop: () => closers.closeAll() };
}
