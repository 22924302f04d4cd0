import { cardSearch } from './card-search.js';
import { cardSearchGrowth } from './card-search-growth.js';
import { clockSkew } from './clock-skew.js';
import { consoleGrowth } from './console-growth.js';
import { importRejected } from './import-rejected.js';
import { orderAccept } from './order-accept.js';
import { orderAcceptTraces } from './order-accept-traces.js';
import { orderBesideCallbacks } from './order-beside-callbacks.js';
import { orderDeliver } from './order-deliver.js';
import { orderDeliverJit } from './order-deliver-jit.js';
import { orderTracking } from './order-tracking.js';
import type { Row } from './row.js';
import { searchBesideStalls } from './search-beside-stalls.js';
import { specialPhones } from './special-phones.js';

/** Everything that is measured, in the order it runs. */
export const ROWS: readonly Row[] = [
  cardSearch,
  cardSearchGrowth,
  importRejected,
  specialPhones,
  searchBesideStalls,
  orderBesideCallbacks,
  orderAccept('postgres'),
  orderAccept('redis'),
  orderAcceptTraces,
  orderDeliver('postgres'),
  orderDeliver('redis'),
  orderDeliverJit,
  orderTracking,
  clockSkew('postgres'),
  clockSkew('redis'),
  consoleGrowth,
];
