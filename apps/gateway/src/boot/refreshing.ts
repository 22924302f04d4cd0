import type pg from 'pg';
import type { CatalogConfig } from '../config/config.js';
import type { Logger } from '../core/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { refreshAccount } from '../partner/account/refresh-account.js';
import { setFundFloor } from '../partner/account/sending-hold.js';
import { DICTIONARY_NAMES } from '../partner/catalog/dictionaries.js';
import { refreshDictionary } from '../partner/catalog/refresh-dictionary.js';
import type { Partner } from '../partner/partner.js';
import { Refresher } from '../partner/refresh/refresher.js';
import type { Closers } from './closers.js';

/** Starts the refreshes: the dictionaries and the guarantee fund, whose floor then applies. */
export async function startRefreshing(
  { catalogRefreshSecs, accountRefreshSecs, fundLow, fundFloor }: CatalogConfig,
  parts: { pool: pg.Pool; partner: Partner; metrics: Metrics },
  logger: Logger,
  closers: Closers,
): Promise<void> {
  const { pool, partner, metrics } = parts;
  await setFundFloor(pool, fundFloor);
  const duties = [
    refreshAccount(pool, { periodSecs: accountRefreshSecs, low: fundLow, floor: fundFloor }),
    ...DICTIONARY_NAMES.map((name) => refreshDictionary(name, catalogRefreshSecs, { pool, metrics })),
  ];
  const refresher = new Refresher(pool, partner, duties, metrics, logger);
  refresher.start();
  closers.addWork('reading from the partner', () => refresher.stop());
}
