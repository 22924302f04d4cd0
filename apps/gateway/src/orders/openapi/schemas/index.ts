import type { Json } from '../build.js';
import { BATCH_SCHEMAS } from './batch.js';
import { CALLBACK_SCHEMAS } from './callback.js';
import { CATALOG_SCHEMAS } from './catalog.js';
import { DELIVERY_SCHEMAS } from './delivery.js';
import { HISTORY_SCHEMAS } from './history.js';
import { ORDER_SCHEMAS } from './order.js';
import { PROBLEM_SCHEMAS } from './problem.js';
import { TICKET_SCHEMAS } from './ticket.js';

/** Every schema of the document by its name. */
export const SCHEMAS: Readonly<Record<string, Json>> = {
  ...ORDER_SCHEMAS,
  ...TICKET_SCHEMAS,
  ...BATCH_SCHEMAS,
  ...HISTORY_SCHEMAS,
  ...CALLBACK_SCHEMAS,
  ...DELIVERY_SCHEMAS,
  ...CATALOG_SCHEMAS,
  ...PROBLEM_SCHEMAS,
};
