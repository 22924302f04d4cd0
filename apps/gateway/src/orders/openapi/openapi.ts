import type { Json } from './build.js';
import { INFO, SECURITY_SCHEMES, TAGS } from './info.js';
import { PARAMETERS } from './parameters.js';
import { CALLBACK_PATHS } from './paths/callbacks.js';
import { CANCEL_PATHS } from './paths/cancel.js';
import { CATALOG_PATHS } from './paths/catalog.js';
import { DOCUMENTATION_PATHS } from './paths/documentation.js';
import { EVENT_PATHS } from './paths/events.js';
import { POST_ORDER_PATHS } from './paths/post-orders.js';
import { READ_ORDER_PATHS } from './paths/read-orders.js';
import { TICKET_PATHS } from './paths/tickets.js';
import { PROBLEM_RESPONSES } from './problems.js';
import { withReferences } from './references.js';
import { SCHEMAS } from './schemas/index.js';
import { CALLBACK_PATH_ITEM, TEST_PATH_ITEM } from './webhooks.js';

/** In the order in which a reader meets them. */
const PATHS = [
  POST_ORDER_PATHS,
  READ_ORDER_PATHS,
  EVENT_PATHS,
  TICKET_PATHS,
  CANCEL_PATHS,
  CALLBACK_PATHS,
  CATALOG_PATHS,
  DOCUMENTATION_PATHS,
];

/** The whole orders API, OpenAPI 3.1. Tests compare it with the routes and the answers of a running gateway. */
export const OPENAPI: Json = withReferences({
  openapi: '3.1.0',
  info: INFO,
  servers: [{ url: '/', description: 'The internal port of the gateway that served this document.' }],
  security: [{ ordersKey: [] }],
  tags: TAGS,
  paths: mergePaths(),
  webhooks: { orderEvent: CALLBACK_PATH_ITEM, testEvent: TEST_PATH_ITEM },
  components: {
    schemas: SCHEMAS,
    parameters: PARAMETERS,
    responses: PROBLEM_RESPONSES,
    securitySchemes: SECURITY_SCHEMES,
  },
});

/** A path may stand in several files, each with its own verbs. */
function mergePaths(): Record<string, Json> {
  const merged: Record<string, Json> = {};
  for (const paths of PATHS)
    for (const [path, verbs] of Object.entries(paths)) merged[path] = { ...merged[path], ...verbs };
  return merged;
}
