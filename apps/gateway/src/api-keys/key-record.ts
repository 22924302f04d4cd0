import { OPERATOR_ROLES } from '../config/operator-roles.js';
import { ORDER_SCOPES } from '../config/order-scopes.js';
import { date, uuid } from '../http/schema/formats.js';
import { listOf, named, object, oneOf, orNull, text, type TypeOf } from '../http/schema/schema.js';

/**
 * What a key is for: producers call `/orders` and the like with it, operators what is below `/admin`; with one for callbacks
 * we sign what we send to the producer of its name.
 */
export const AUDIENCES = ['orders', 'admin', 'callbacks'] as const;
export type Audience = (typeof AUDIENCES)[number];
export const AUDIENCE = oneOf(
  AUDIENCES,
  'orders: a producer calls with it; admin: an operator does; callbacks: we sign callbacks to the producer of this name with it.',
);

const RIGHTS = {
  scopes: orNull(
    listOf(oneOf(ORDER_SCOPES, 'A scope.'), { description: "What a producer's key may do; null for others." }),
  ),
  role: orNull(oneOf(OPERATOR_ROLES, "What an operator's key may do; null for others.")),
  addresses: listOf(text('An address or a network.'), { description: 'Where it may be used from; none: everywhere.' }),
};

const FIELDS = {
  ...RIGHTS,
  id: uuid('The id of the key.'),
  audience: AUDIENCE,
  name: text('Whose it is.'),
  createdAt: date('When it was made.'),
  createdBy: text('The name of the key that made it.'),
  expiresAt: orNull(date('When it stops to open or to sign; null: never.')),
  lastUsedAt: orNull(date('To the minute: when somebody called with it last, or callbacks needed it.')),
  revokedAt: orNull(date('When it was revoked.')),
  revokedBy: orNull(text('Who did that.')),
  successorId: orNull(text('The key that was made in its place by a rotation.')),
};
export const KEY = named('Key', object(FIELDS));
/** A key as operators see it; its secret is known to its owner alone. */
export type KeyRecord = TypeOf<typeof KEY>;
/** What a new key may do. */
export type KeyRights = Pick<KeyRecord, keyof typeof RIGHTS>;
export const KEY_LIST = named('KeyList', object({ keys: listOf(KEY) }));
/** A key as it is answered when it was made: with its secret, this once. */
export const NEW_KEY = named('NewKey', object({ ...FIELDS, secret: text('The secret, shown this once.') }));

/** The columns of a record, in statements. */
export const KEY_COLUMNS = `id, audience, name, scopes, role, addresses, created_at as "createdAt", created_by as "createdBy",
  expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt", revoked_by as "revokedBy",
  successor_id as "successorId"`;

/** What the audit keeps of a key, in statements. */
export const KEY_DETAILS = `jsonb_build_object('keyId', id, 'audience', audience, 'name', name, 'scopes', to_jsonb(scopes),
  'role', role, 'addresses', to_jsonb(addresses), 'expiresAt', expires_at)`;
