import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { AuditAction } from '../audit/action.js';
import type { Actor } from '../audit/actor.js';
import { statement } from '../storage/statement.js';
import { KEY_COLUMNS, KEY_DETAILS, type Audience, type KeyRecord } from './key-record.js';
import type { MadeKey } from './make-key.js';
import { newSecret } from './new-secret.js';
import type { SecretSeal } from './secret-seal.js';

export interface Rotation {
  /** How long the old secret still opens, or signs beside the new one. */
  readonly overlapSecs: number;
  /** When the new key expires, RFC 3339; null: it does not. */
  readonly expiresAt: string | null;
}

const ACTION: AuditAction = 'key.rotate';

/** What a key is never changed in. */
const FIND = statement('find-api-key')`select audience, name from api_keys where id = $1`;

const ROTATE = statement('rotate-api-key')`
with old as (
  update api_keys
     set successor_id = $2, expires_at = least(expires_at, now() + $4::integer * interval '1 second')
   where id = $1 and revoked_at is null and successor_id is null and (expires_at is null or expires_at > now())
  returning *
), made as (
  insert into api_keys (id, audience, name, secret_digest, scopes, role, addresses, expires_at, created_by, sealed_secret)
  select $2::uuid, audience, name, $3::bytea, scopes, role, addresses, $5::timestamptz, $6::text, $8::bytea from old
  returning *
), audited as (
  insert into audit (who, action, why, details)
  select $6::text, '${ACTION}', $7::text, ${KEY_DETAILS} || jsonb_build_object('of', $1::uuid, 'overlapSecs', $4::integer) from made
)
select ${KEY_COLUMNS} from made`;

/**
 * Makes a key with the name and the rights of another, which opens or signs for a while beside it.
 *
 * @returns undefined when the key is not there, or is revoked, expired or rotated before
 */
export async function rotateKey(
  pool: pg.Pool,
  seal: SecretSeal,
  id: string,
  { overlapSecs, expiresAt }: Rotation,
  { who, why }: Actor,
): Promise<MadeKey | undefined> {
  const [old] = (await pool.query<{ audience: Audience; name: string }>({ ...FIND, values: [id] })).rows;
  if (old === undefined) return undefined;
  const newId = uuidv7();
  const { secret, digest, sealed } = newSecret(old.audience, { id: newId, name: old.name }, seal);
  const values = [id, newId, digest, overlapSecs, expiresAt, who, why ?? null, sealed];
  const { rows } = await pool.query<KeyRecord>({ ...ROTATE, values });
  return rows[0] && { key: rows[0], secret };
}
