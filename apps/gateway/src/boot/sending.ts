import type pg from 'pg';
import type { TroikaConfig } from '../config/config.js';
import type { Logger } from '../core/logger.js';
import type { SendJob } from '../orders/ledger/send-job.js';
import type { Ledger } from '../orders/ledger/ledger.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Catalog } from '../partner/catalog/catalog.js';
import { Breaker } from '../partner/circuit-breaker.js';
import type { Partner } from '../partner/partner.js';
import { DatabaseRetry } from '../orders/sending/database-retry.js';
import type { SendJournal } from '../orders/sending/journal/send-journal.js';
import { SEND_QUEUE, type SendQueue } from '../orders/sending/send-queue.js';
import type { SendingGate } from '../orders/sending/guard/gate.js';
import { setSendWindow, watchSendWindow } from '../orders/sending/guard/send-window.js';
import { Sender } from '../orders/sending/sender.js';
import { Sweeper } from '../orders/sending/sweeper.js';
import type { QueueBackend } from '../queue/job-queue.js';
import type { Closers } from './closers.js';
import type { Traces } from '../tracing/traces.js';
import { startTracking } from './tracking.js';

/** How soon a step in the ledger is tried again while the database is away. */
const LEDGER_PAUSE_MS = 300;
/** How long a process that is to end waits for a database that is away. */
const STOPPING_LIMIT_MS = 2_000;

/** Starts the worker that sends orders, with the sweeper and the tracker beside it. */
export async function startSending(
  troika: TroikaConfig,
  parts: {
    pool: pg.Pool;
    ledger: Ledger;
    gate: SendingGate;
    queue: SendQueue;
    backend: QueueBackend;
    partner: Partner;
    metrics: Metrics;
    catalog: Catalog;
    journal: SendJournal;
    traces: Traces;
  },
  logger: Logger,
  closers: Closers,
): Promise<void> {
  const { pool, ledger, gate, queue, backend, partner, metrics, catalog, journal, traces } = parts;
  await setSendWindow(pool, troika.sendWindow);
  const windowWatch = watchSendWindow(pool, logger);
  closers.add('the watch of the send window', () => windowWatch.stop());
  const leaseMs = troika.timeoutMs + troika.leaseMarginMs;
  const breaker = new Breaker(pool, { ...troika.breaker, probeLimitMs: leaseMs });
  const databaseRetry = new DatabaseRetry(
    { pauseMs: LEDGER_PAUSE_MS, limitMs: leaseMs, settleLimitMs: Infinity, stoppingLimitMs: STOPPING_LIMIT_MS },
    logger,
  );
  const senderParts = { ledger, partner, queue, breaker, databaseRetry, journal, metrics, catalog, traces };
  const sender = new Sender(senderParts, { ...troika, leaseMs }, logger);
  const { concurrency } = troika;
  const worker = backend.openWorker<SendJob>(SEND_QUEUE, (job) => sender.send(job), { concurrency, gate });
  closers.addWork('sending', () => {
    databaseRetry.stop();
    return worker.close();
  });
  const sweeper = new Sweeper(pool, queue, troika, gate, logger);
  sweeper.start();
  closers.addWork('the sweeper', () => sweeper.stop());
  startTracking(troika, { pool, partner, breaker, metrics }, logger, closers);
}
