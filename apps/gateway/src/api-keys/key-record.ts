import type { OrderScope } from '../config/order-scopes.js';
import type { OperatorRole } from '../config/operator-roles.js';

/** Whom a key speaks for: producers call `/orders` and the like, operators what is below `/admin`. */
export const AUDIENCES = ['orders', 'admin'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What a new key may do. */
export interface KeyRights {
  /** Of a producer's key; null for an operator's. */
  readonly scopes: readonly OrderScope[] | null;
  /** Of an operator's key; null for a producer's. */
  readonly role: OperatorRole | null;
  /** Networks and addresses that it may be used from; none: from everywhere. */
  readonly addresses: readonly string[];
}

/** A key as operators see it; its secret is known to its owner alone. */
export interface KeyRecord extends KeyRights {
  readonly id: string;
  readonly audience: Audience;
  readonly name: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
  /** The key that was made in its place by a rotation. */
  readonly successorId: string | null;
}

/** The columns of a record, in statements. */
export const KEY_COLUMNS = `id, audience, name, scopes, role, addresses, created_at as "createdAt", created_by as "createdBy",
  expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt", revoked_by as "revokedBy",
  successor_id as "successorId"`;

/** What the audit keeps of a key, in statements. */
export const KEY_DETAILS = `jsonb_build_object('keyId', id, 'audience', audience, 'name', name, 'scopes', to_jsonb(scopes),
  'role', role, 'addresses', to_jsonb(addresses), 'expiresAt', expires_at)`;
