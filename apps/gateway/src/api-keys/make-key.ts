import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { AuditAction } from '../audit/action.js';
import type { Actor } from '../audit/actor.js';
import { statement } from '../storage/statement.js';
import { KEY_COLUMNS, KEY_DETAILS, type Audience, type KeyRecord, type KeyRights } from './key-record.js';
import { newSecret } from './new-secret.js';
import type { SecretSeal } from './secret-seal.js';

export interface NewKey extends KeyRights {
  readonly audience: Audience;
  readonly name: string;
  /** RFC 3339; null: it does not expire. */
  readonly expiresAt: string | null;
}

/** A key with its secret, which is shown this once. */
export interface MadeKey {
  readonly key: KeyRecord;
  readonly secret: string;
}

const ACTION: AuditAction = 'key.make';

const MAKE = statement('make-api-key')`
with made as (
  insert into api_keys (id, audience, name, secret_digest, scopes, role, addresses, expires_at, created_by, sealed_secret)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11)
  on conflict (audience, name) where revoked_at is null and successor_id is null do nothing
  returning *
), audited as (
  insert into audit (who, action, why, details) select $9, '${ACTION}', $10, ${KEY_DETAILS} from made
)
select ${KEY_COLUMNS} from made`;

/** @returns undefined when the name has a key already, which can be rotated or revoked */
export async function makeKey(
  pool: pg.Pool,
  seal: SecretSeal,
  { audience, name, scopes, role, addresses, expiresAt }: NewKey,
  { who, why }: Actor,
): Promise<MadeKey | undefined> {
  const id = uuidv7();
  const { secret, digest, sealed } = newSecret(audience, { id, name }, seal);
  const values = [id, audience, name, digest, scopes, role, addresses, expiresAt, who, why ?? null, sealed];
  const { rows } = await pool.query<KeyRecord>({ ...MAKE, values });
  return rows[0] && { key: rows[0], secret };
}
