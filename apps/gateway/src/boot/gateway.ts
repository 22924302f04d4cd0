import { Module, type CanActivate, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { SecretSeal } from '../api-keys/secret-seal.js';
import { StoredKeys } from '../api-keys/stored-keys.js';
import { AdminModule } from '../admin/admin.module.js';
import { GoLiveModule } from '../admin/go-live/go-live.module.js';
import { PublicAddress } from '../admin/go-live/public-address.js';
import { ConsoleModule } from '../admin/console/console.module.js';
import { QueuesModule } from '../admin/queues/queues.module.js';
import type { Config } from '../config/config.js';
import { ApiKeyGuard } from '../http/auth/api-key.guard.js';
import { ApiKeys, requireApiKey } from '../http/auth/api-keys.js';
import { FailedLoginRecord } from '../http/auth/failed-login-record.js';
import { FailedLogins } from '../http/auth/failed-logins.js';
import { OperatorSessions } from '../http/auth/operator-sessions.js';
import { openAdmissions } from '../http/connections/open-admissions.js';
import { answerFaultAsProblem } from '../http/problem.js';
import { ProblemFilter } from '../http/problem.filter.js';
import type { Logger } from '../core/logger.js';
import { Watches } from '../health/parts/watches.js';
import { Metrics } from '../metrics/metrics.js';
import { requireBasicAuth } from '../loyalty/basic-auth.js';
import { BasicAuthGuard } from '../loyalty/basic-auth.guard.js';
import { answerFaultToKoshelek, LOYALTY_BODY_LIMIT } from '../loyalty/loyalty-faults.js';
import { LoyaltyFilter } from '../loyalty/loyalty.filter.js';
import { CardsModule } from '../loyalty/admin/cards.module.js';
import { CallsModule } from '../loyalty/calls/calls.module.js';
import { watchCalls } from '../loyalty/calls/watch-calls.js';
import { ImportModule } from '../loyalty/import/import.module.js';
import { LoyaltyModule } from '../loyalty/loyalty.module.js';
import { BATCH_BODY_LIMIT, ORDER_BODY_LIMIT } from '../orders/api/batch-request.js';
import { findInstallationKeys } from '../orders/api/installation-keys.js';
import { RequestHashes } from '../orders/api/request-hash.js';
import { startAlerts } from './alerts.js';
import { startBreakerReport } from './breaker-report.js';
import { startAuditSealing } from './audit.js';
import { listChecks } from './checks.js';
import { Closers, type StopLimits } from './closers.js';
import { CoreModule } from '../core/core.module.js';
import { startGauges } from './gauges.js';
import { startHealth } from './health.js';
import { listen } from './listen.js';
import { startLoyaltyRetention, startRetention } from './retention.js';
import { openOrderFiles } from './order-files.js';
import { startOrders } from './orders.js';
import { startMinutes } from './minutes.js';
import { startParts } from './parts.js';
import { openQueueToInspect } from './queue-to-inspect.js';
import { watchQueue } from '../orders/sending/queue-gauges.js';
import { openPartner } from '../partner/open-partner.js';
import { openImportPool, openStorage } from './storage.js';
import { traceRequests } from '../http/trace-requests.js';
import { openTraces } from '../tracing/open-traces.js';
import { DatabaseClock } from '../storage/database-clock.js';
import type pg from 'pg';

/** A running process of the gateway. */
export interface Gateway {
  /** Base URL of the public listener; absent without the role `loyalty`. */
  readonly publicUrl: string | undefined;
  readonly internalUrl: string;
  readonly pool: pg.Pool;
  /** Stops accepting work, finishes the work in progress, and closes everything; safe to call twice. */
  stop(): Promise<void>;
}

/** A file of an import may be long, and the line slow. */
const FILE_TIMEOUT_MS = 15 * 60_000;

/** One listener's modules, behind the guard that closes every handler of theirs. */
@Module({})
class ListenerModule {
  static guardedBy(guard: CanActivate, ...imports: DynamicModule['imports'] & object): DynamicModule {
    return { module: ListenerModule, imports, providers: [{ provide: APP_GUARD, useValue: guard }] };
  }
}

/** How long a process that calls no partner finishes work in progress. */
const DEFAULT_TIMEOUT_MS = 30_000;
/** Beyond the time limit of a call to the partner: to write down what came of it, and for everything. */
const STOP_MARGINS_MS = { finish: 2_500, all: 3_500 } as const;

/** How long a process with these settings may take to end. */
export function stopLimitsOf({ troika, shutdownDelayMs }: Config): StopLimits {
  const timeoutMs = troika?.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return {
    noticeMs: shutdownDelayMs,
    finishMs: timeoutMs + STOP_MARGINS_MS.finish,
    allMs: timeoutMs + STOP_MARGINS_MS.all,
  };
}

/**
 * Starts the roles of `config.roles`. When a later step fails, the started parts are stopped again.
 *
 * @param closers learn how to stop it, for the one who stops a start
 * @throws ConfigError, PortError, or an error of the database
 */
export async function startGateway(
  config: Config,
  logger: Logger,
  closers = new Closers(logger, stopLimitsOf(config)),
): Promise<Gateway> {
  try {
    return await start(config, logger, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function start(config: Config, logger: Logger, closers: Closers): Promise<Gateway> {
  const { roles, troika, koshelek, trustedProxies } = config;
  const traces = await openTraces(config.tracing, logger, closers);
  const storage = await openStorage(config.database, logger, closers);
  const { pool } = storage;
  const metrics = new Metrics();
  const watches = new Watches(config);
  const core = CoreModule.forRoot(config, pool, logger, metrics, watches);
  const clock = new DatabaseClock(pool, logger);
  closers.add('the clock', () => clock.stop());
  await clock.start();
  startMinutes({ pool, metrics, clock }, logger, closers);
  const alerts = await startAlerts(config.alerts, { pool, metrics }, logger, closers);
  const { partner: watch, nameServers } = watches;
  const partner = troika && openPartner(troika, { pool, clock, metrics, broken: closers.broken, watch }, logger);
  startGauges(config, { metrics, pool, clock, ...(partner && { partner }) });
  const installationKeys = await findInstallationKeys(pool, config.orders.requestHashKeys);
  const [installationKey, ...earlierKeys] = installationKeys;
  const seal = new SecretSeal(installationKeys);
  const storedKeys = new StoredKeys(pool, seal, logger);
  closers.add('the keys of the database', () => storedKeys.stop());
  await storedKeys.start();
  const sessions = new OperatorSessions(installationKey);
  const hashes = new RequestHashes(installationKey, earlierKeys);
  const apiKeys = new ApiKeys({ orders: config.orders.apiKeys, admin: config.admin.apiKeys }, storedKeys, sessions);
  const loginRecord = new FailedLoginRecord(pool, logger);
  closers.add('the record of failed logins', () => loginRecord.stop());
  loginRecord.start();
  const logins = new FailedLogins(config.loginLimits, metrics, undefined, loginRecord);
  startBreakerReport(watches, pool, logger, closers);
  const admissions = openAdmissions(config, metrics);
  const internal: DynamicModule[] = [core];
  const orders =
    roles.has('orders') || roles.has('worker')
      ? await startOrders(
          config,
          { storage, clock, partner, metrics, traces, nameServers, hashes, storedKeys },
          logger,
          closers,
        )
      : undefined;
  if (orders !== undefined) internal.push(...orders.modules);
  if (roles.has('worker')) {
    const days = { orders: config.retentionDays, callbacks: config.callbacks.retentionDays };
    startRetention(pool, days, logger, closers);
  }
  if (roles.has('admin') || roles.has('worker')) startAuditSealing(pool, logger, closers);
  if (koshelek !== undefined) startLoyaltyRetention(pool, koshelek.retentionDays, logger, closers);
  if (roles.has('admin') && orders !== undefined) watchQueue(metrics, orders.queue);
  const checks = listChecks(config, { pool, logins, admissions, orders, storedKeys, parts: watches.parts });
  const health = startHealth({ pool, metrics, alerts: alerts.channel }, checks, logger, closers);
  startParts(config, watches, { storage, orders, conditions: health.conditions, metrics }, closers);
  internal.push(
    AdminModule.forRoot(
      { pingQueue: orders?.pingQueue, parts: watches.parts, ...health, isLeaving: () => closers.isLeaving },
      roles.has('admin')
        ? {
            queue: orders?.queue,
            partner,
            alertTester: alerts.tester,
            keys: storedKeys,
            seal,
            secondPerson: config.admin.secondPerson,
          }
        : undefined,
    ),
  );
  // The public listener opens behind the internal one.
  const own: { publicUrl?: string | undefined } = {};
  if (roles.has('admin'))
    internal.push(
      ImportModule.forRoot(openImportPool(storage.direct.url, logger, closers)),
      { module: CardsModule },
      { module: CallsModule },
      GoLiveModule.forRoot(new PublicAddress(config.goLive.publicUrl, () => own.publicUrl)),
      ConsoleModule.forRoot(sessions),
      QueuesModule.forRoot(orders?.inspectQueue ?? openQueueToInspect(config, { storage, clock }, logger, closers)),
      await openOrderFiles(config, { pool, orders, hashes, traces }, logger, closers),
    );

  const internalUrl = await listen(
    {
      portVariable: 'INTERNAL_PORT',
      metrics,
      address: config.internalListener,
      module: ListenerModule.guardedBy(new ApiKeyGuard(apiKeys), ...internal),
      onRequest: requireApiKey(apiKeys, logins, admissions.internal),
      addHooks: (server) => traceRequests(server, traces),
      filter: new ProblemFilter(logger),
      fastify: {
        answerFault: answerFaultAsProblem,
        trustedProxies,
        admission: admissions.internal,
        bodyLimit: ORDER_BODY_LIMIT,
        routeLimits: {
          '/orders/batch': { bodyLimit: BATCH_BODY_LIMIT },
          ...(roles.has('admin') && { '/admin/import/:kind': { arrivalMs: FILE_TIMEOUT_MS } }),
        },
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
        metrics,
        address: config.publicListener,
        module: ListenerModule.guardedBy(new BasicAuthGuard(), core, LoyaltyModule),
        filter: new LoyaltyFilter(logger),
        fastify: {
          answerFault: answerFaultToKoshelek,
          trustedProxies,
          admission: admissions.public,
          bodyLimit: LOYALTY_BODY_LIMIT,
          ownPaths: true,
        },
        onRequest: requireBasicAuth(koshelek, logins, admissions.public),
        addHooks: (server) => {
          const parts = { pool, metrics, isRecorded: koshelek.areCallsRecorded };
          closers.add('the record of loyalty calls', watchCalls(server, parts, logger));
        },
        basePath: koshelek.basePath,
      },
      logger,
      closers,
    ));
  if (publicUrl !== undefined && config.publicListener.tls === undefined)
    own.publicUrl = publicUrl + (koshelek?.basePath ?? '');
  logger.info({ roles: [...roles], publicUrl, internalUrl }, 'the gateway is serving');
  return { publicUrl, internalUrl, pool, stop: () => closers.closeAll() };
}
