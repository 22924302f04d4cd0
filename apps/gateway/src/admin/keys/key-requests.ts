import { AUDIENCE } from '../../api-keys/key-record.js';
import type { NewKey } from '../../api-keys/make-key.js';
import type { Rotation } from '../../api-keys/rotate-key.js';
import type { Actor } from '../../audit/actor.js';
import { WHY } from '../../audit/why.js';
import { DEFAULT_SCOPES, ORDER_SCOPES } from '../../config/order-scopes.js';
import { OPERATOR_ROLES } from '../../config/operator-roles.js';
import { parseAddresses } from '../../egress/special-networks.js';
import { format, moment } from '../../http/schema/formats.js';
import { bodyReader } from '../../http/schema/read-request.js';
import {
  choicesOf,
  integer,
  listOf,
  oneOf,
  optional,
  refused,
  request,
  someOf,
  where,
} from '../../http/schema/schema.js';
import type { FieldFault } from '../../http/problem.js';

const A_DAY_SECS = 86_400;
const MOST_ADDRESSES = 50;

const keyName = format(
  'key-name',
  /^[^:,\s]{1,64}$/,
  'Must be 1 to 64 characters without blanks, colons and commas. An order belongs to the name of the key that placed it.',
);
const addresses = format(
  'addresses',
  (text) => parseAddresses(text) !== undefined,
  'Must be a list of addresses or networks such as 10.20.0.0/16.',
);
// The format is the items', and says what the whole list must be.
const ADDRESS_LIST = { format: 'addresses', minItems: 1, maxItems: MOST_ADDRESSES };
const future = optional(moment('When the key stops to open or to sign; absent: it does not expire.'));

/** What `POST /admin/keys` takes. */
export const KEY_REQUEST = request(
  {
    audience: AUDIENCE,
    name: keyName('Whose it is: stands in orders and in the audit. For callbacks: the name of a key of orders.'),
    scopes: optional(someOf(ORDER_SCOPES, 'What a producer may do; absent: place, read and cancel its own orders.')),
    role: optional(oneOf(OPERATOR_ROLES, 'What an operator may do.')),
    expiresAt: future,
    addresses: optional(listOf(addresses('An address or a network.'), ADDRESS_LIST)),
    why: optional(WHY),
  },
  where(
    'audience',
    { const: 'admin' },
    { required: ['role'], properties: { scopes: refused('Only for the audience "orders".') } },
    {
      properties: { role: refused('Only for the audience "admin".') },
      ...where(
        'audience',
        { const: 'callbacks' },
        {
          properties: {
            scopes: refused('Only for the audience "orders".'),
            addresses: refused('Only for keys that somebody calls with.'),
          },
        },
      ),
    },
  ),
);
const readKey = bodyReader(KEY_REQUEST);

/** What `POST /admin/keys/{id}/rotate` takes. */
export const ROTATION_REQUEST = request({
  overlapSecs: integer('How long the old secret still opens, or signs callbacks beside the new one.', {
    minimum: 0,
    maximum: 90 * A_DAY_SECS,
    default: A_DAY_SECS,
  }),
  expiresAt: future,
  why: optional(WHY),
});
const readRotation = bodyReader(ROTATION_REQUEST);

/** What `POST /admin/keys/{id}/revoke` takes. */
export const REVOCATION_REQUEST = request({ why: optional(WHY) });
const readRevocation = bodyReader(REVOCATION_REQUEST);

/** @throws ProblemError 422 with every fault */
export function readKeyRequest(body: unknown, who: string): { key: NewKey; actor: Actor } {
  const { audience, name, scopes, role, expiresAt, addresses: from = [], why } = readKey(body, requireFuture);
  const forProducers = scopes === undefined ? [...DEFAULT_SCOPES] : choicesOf(scopes);
  const key = {
    audience,
    name,
    scopes: audience === 'orders' ? forProducers : null,
    role: audience === 'admin' ? (role ?? null) : null,
    addresses: from,
    expiresAt: expiresAt ?? null,
  };
  return { key, actor: { who, why } };
}

/** @throws ProblemError 422 with every fault */
export function readRotationRequest(body: unknown, who: string): { rotation: Rotation; actor: Actor } {
  const { overlapSecs, expiresAt, why } = readRotation(body, requireFuture);
  return { rotation: { overlapSecs, expiresAt: expiresAt ?? null }, actor: { who, why } };
}

/** @throws ProblemError 422 with every fault */
export function readRevocationRequest(body: unknown, who: string): Actor {
  return { who, why: readRevocation(body).why };
}

function requireFuture({ expiresAt }: { readonly expiresAt?: string | undefined }): FieldFault[] {
  if (expiresAt === undefined || Date.parse(expiresAt) > Date.now()) return [];
  return [{ pointer: '/expiresAt', detail: 'Must be in the future.' }];
}
