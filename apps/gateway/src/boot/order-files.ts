import type { DynamicModule } from '@nestjs/common';
import type pg from 'pg';
import { OrderFilesModule } from '../admin/order-files/order-files.module.js';
import type { Config } from '../config/config.js';
import type { Logger } from '../core/logger.js';
import type { RequestHashes } from '../orders/api/request-hash.js';
import { OrdersService } from '../orders/api/orders.service.js';
import { DayBudgets } from '../orders/ledger/day-budgets.js';
import { Ledger } from '../orders/ledger/ledger.js';
import { Catalog } from '../partner/catalog/catalog.js';
import type { Traces } from '../tracing/traces.js';
import type { Closers } from './closers.js';
import type { OrdersPart } from './orders.js';

/** Such a process claims nothing, so it has no leases. */
const NO_LEASE_MS = 1;
/** Without a queue of its own: a worker's sweeper brings what is due. */
const NO_QUEUE = { enqueue: () => undefined };
/** A line of a file names no address. */
const NO_CALLBACKS = { faultOf: () => undefined };

/**
 * Orders from files, placed by the same code as those of producers, in any process with the role `admin`.
 *
 * @param orders the queue and the dictionaries of a process that has them already
 */
export async function openOrderFiles(
  config: Config,
  {
    pool,
    orders,
    hashes,
    traces,
  }: { pool: pg.Pool; orders: OrdersPart | undefined; hashes: RequestHashes; traces: Traces },
  logger: Logger,
  closers: Closers,
): Promise<DynamicModule> {
  const catalog = orders?.catalog ?? (await openCatalog(pool, logger, closers));
  const ledger = new Ledger(pool, NO_LEASE_MS);
  const budgets = new DayBudgets(pool, config.orders.roublesPerDay);
  const service = new OrdersService(ledger, orders?.queue ?? NO_QUEUE, NO_CALLBACKS, catalog, hashes, budgets, traces);
  return OrderFilesModule.forRoot({ orders: service, catalog, hashes });
}

async function openCatalog(pool: pg.Pool, logger: Logger, closers: Closers): Promise<Catalog> {
  const catalog = new Catalog(pool, logger);
  closers.add('the dictionaries for files', () => catalog.stop());
  await catalog.start();
  return catalog;
}
