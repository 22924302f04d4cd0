import type { Role } from '../session.js';
import { call } from './call.js';
import type { Result } from './problem.js';

export type Audience = 'orders' | 'admin' | 'callbacks';

export interface KeyView {
  readonly id: string;
  readonly audience: Audience;
  readonly name: string;
  readonly scopes: readonly string[] | null;
  readonly role: Role | null;
  readonly addresses: readonly string[];
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  readonly successorId: string | null;
}

/** A key that was just made: its secret is shown this once. */
export type NewKey = KeyView & { readonly secret: string };

export interface KeyRequest {
  readonly audience: Audience;
  readonly name: string;
  readonly role?: Role;
  readonly addresses?: readonly string[];
  readonly expiresAt?: string;
  readonly why?: string;
}

export function listKeys(): Promise<Result<{ readonly keys: readonly KeyView[] }>> {
  return call('GET', '/admin/keys');
}

export function makeKey(request: KeyRequest): Promise<Result<NewKey>> {
  return call('POST', '/admin/keys', { body: request });
}

export function rotateKey(id: string, why: string): Promise<Result<NewKey>> {
  return call('POST', `/admin/keys/${encodeURIComponent(id)}/rotate`, { body: { why } });
}

export function revokeKey(id: string, why: string): Promise<Result<KeyView>> {
  return call('POST', `/admin/keys/${encodeURIComponent(id)}/revoke`, { body: { why } });
}
