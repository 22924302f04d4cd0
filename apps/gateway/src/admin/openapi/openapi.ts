import { VERSION } from '../../core/version.js';
import { withReferences } from '../../http/openapi/references.js';
import type { Json } from '../../http/schema/schema.js';
import { joinPaths } from './describe-admin-calls.js';
import { KEY_PATHS } from './paths/keys.js';
import { ORDER_FILE_PATHS } from './paths/order-files.js';
import { ORDER_PATHS } from './paths/orders.js';
import { PROCESS_PATHS } from './paths/process.js';
import { PROGRAMME_PATHS } from './paths/programme.js';
import { REPORT_PATHS } from './paths/reports.js';
import { SENDING_PATHS } from './paths/sending.js';
import { problemComponents } from './problem-responses.js';

const INFO: Json = {
  title: 'Vestibule: the admin API',
  version: VERSION,
  summary: 'What operators see and decide.',
  description: `The calls of operators and probes; the page at \`/console\` uses these and nothing else.

**Keys.** A key of an operator has a role: \`viewer\` reads, \`operator\` decides too, \`admin\` makes keys, erases and imports too;
\`office\` places orders from files, as \`operator\` may.
\`x-role\` of a call says which one it needs. A key from ADMIN_API_KEYS has the role \`admin\`. The name of the key is in the audit.

**Errors** are problem details (RFC 9457), \`application/problem+json\`. \`type\` is for programs and stays the same, and \`GET\` of it
says what it means and what to do; \`detail\` is written for a person; faults of a body or a query are listed one by one in
\`errors\`.

**Request ids.** Every answer has an \`X-Request-Id\`; the log of the gateway names the request by it.

**New fields** may appear in any answer: pass over what you do not know.`,
};

const TAGS: readonly Json[] = [
  { name: 'Orders', description: 'Every order, its history and the evidence.' },
  { name: 'Decisions', description: 'About orders that wait for a person, one or many.' },
  { name: 'Orders from files', description: 'Spreadsheets of the office: checked, placed, followed.' },
  { name: 'Sending', description: 'Whether orders are sent, and the brake.' },
  { name: 'What happened', description: 'Operator events, alerts and the audit.' },
  { name: 'Keys', description: 'The keys of producers and operators in the database.' },
  { name: 'Loyalty programme', description: 'Cards, imports, and the calls of Кошелёк.' },
  { name: 'Reports', description: 'The months in numbers, and the dictionaries.' },
  { name: 'Process', description: 'For probes, Prometheus and programs.' },
];

const PATHS = joinPaths(
  ORDER_PATHS,
  ORDER_FILE_PATHS,
  SENDING_PATHS,
  KEY_PATHS,
  PROGRAMME_PATHS,
  REPORT_PATHS,
  PROCESS_PATHS,
);

/** The whole admin API, OpenAPI 3.1. Tests compare it with the routes and the answers of a running gateway. */
export const ADMIN_OPENAPI: Json = withReferences({
  openapi: '3.1.0',
  info: INFO,
  servers: [{ url: '/', description: 'The internal port of the gateway that served this document.' }],
  security: [{ adminKey: [] }],
  tags: TAGS,
  paths: PATHS,
  components: {
    responses: problemComponents(),
    securitySchemes: {
      adminKey: {
        type: 'http',
        scheme: 'bearer',
        description: 'A key of an operator: `Authorization: Bearer SECRET`. In the demo: `demo-admin-key`.',
      },
    },
  },
});
