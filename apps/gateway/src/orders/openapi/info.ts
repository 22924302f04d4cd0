import { VERSION } from '../../core/version.js';
import type { Json } from '../../http/schema/schema.js';

export const INFO: Json = {
  title: 'Vestibule: the orders API',
  version: VERSION,
  summary: 'Tickets of Тройка Бизнес: none is lost, and none is bought twice.',
  description: `An order is accepted when it is on disk, and is then sent to Тройка Бизнес, once, however long that takes. Follow it by its
live stream of events, by callbacks, or by asking.

**Repeating.** Every call may be repeated. \`POST /orders\` needs an \`Idempotency-Key\` for that: choose it once per order,
keep it, and send it again with every repetition. After a broken connection, a 429, 502, 503 or 504 repeat the same
call, a little later each time.

**Errors** are problem details (RFC 9457), \`application/problem+json\`. \`type\` is for programs and stays the same, and \`GET\`
of it says what it means and what to do; \`detail\` is written for a person; faults of a body or a query are listed one by
one in \`errors\`.

**Request ids.** Every answer has an \`X-Request-Id\`: yours, if you send one of up to 128 letters, digits and \`._:-\` that is
not a mere number, otherwise a new one. The log of the gateway names the request by it.

**Keys.** An order belongs to the key that placed it: to other keys it does not exist (404). Scopes say what a key may do,
and a call that the key may not make is answered 403: \`orders:write\` places orders, \`orders:read\` reads those of the
key, \`orders:cancel\` cancels those of the key, \`orders:read-all\` reads the orders of all keys. A key has the first three
unless \`ORDERS_API_KEY_SCOPES\` names others.

**Numbers** of Тройка Бизнес (ids, amounts) are passed on digit for digit. **New fields** may appear in any answer:
pass over what you do not know.`,
};

export const TAGS: readonly Json[] = [
  { name: 'Orders', description: 'Placing and cancelling.' },
  { name: 'Following', description: 'What has become of an order and of its tickets.' },
  {
    name: 'Callbacks',
    description: 'The addresses that callbacks of your key go to, and what was delivered. Other keys see none of it.',
  },
  {
    name: 'Catalogue',
    description: 'What Тройка Бизнес sells and what is left of the guarantee fund, as it was read there last.',
  },
  { name: 'Documentation', description: 'This document, for programs and for people. It needs no key.' },
];

export const SECURITY_SCHEMES: Readonly<Record<string, Json>> = {
  ordersKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'A key from ORDERS_API_KEYS: `Authorization: Bearer SECRET`. In the demo: `demo-orders-key`.',
  },
};
