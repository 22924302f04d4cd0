import type { Json } from '../../http/schema/schema.js';
import { INFO, SECURITY_SCHEMES, TAGS } from './info.js';
import { CALLBACK_PATHS } from './paths/callbacks.js';
import { CATALOG_PATHS } from './paths/catalog.js';
import { DOCUMENTATION_PATHS } from './paths/documentation.js';
import { FOLLOWING_PATHS } from './paths/following.js';
import { ORDER_PATHS } from './paths/orders.js';
import { PROBLEM_RESPONSES } from './problems.js';
import { withReferences } from '../../http/openapi/references.js';
import { EVENT_PATH_ITEM, TEST_PATH_ITEM } from './webhooks.js';

/** The whole orders API, OpenAPI 3.1. Tests compare it with the routes and the answers of a running gateway. */
export const OPENAPI: Json = withReferences({
  openapi: '3.1.0',
  info: INFO,
  servers: [{ url: '/', description: 'The internal port of the gateway that served this document.' }],
  security: [{ ordersKey: [] }],
  tags: TAGS,
  paths: {
    ...ORDER_PATHS,
    ...FOLLOWING_PATHS,
    // Where both place and find.
    '/orders': { ...ORDER_PATHS['/orders'], ...FOLLOWING_PATHS['/orders'] },
    ...CALLBACK_PATHS,
    ...CATALOG_PATHS,
    ...DOCUMENTATION_PATHS,
  },
  webhooks: { orderEvent: EVENT_PATH_ITEM, testEvent: TEST_PATH_ITEM },
  components: { responses: PROBLEM_RESPONSES, securitySchemes: SECURITY_SCHEMES },
});
