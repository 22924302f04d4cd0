import type pg from 'pg';
import type { AuditAction } from '../audit/action.js';
import type { Actor } from '../audit/actor.js';
import { statement } from '../storage/statement.js';
import { KEY_COLUMNS, KEY_DETAILS, type KeyRecord } from './key-record.js';

const ACTION: AuditAction = 'key.revoke';

const REVOKE = statement('revoke-api-key')`
with revoked as (
  update api_keys set revoked_at = now(), revoked_by = $2 where id = $1 and revoked_at is null returning *
), audited as (
  insert into audit (who, action, why, details) select $2, '${ACTION}', $3, ${KEY_DETAILS} from revoked
)
select ${KEY_COLUMNS} from revoked
union all
select ${KEY_COLUMNS} from api_keys where id = $1 and revoked_at is not null`;

/** Ends a key at once; a repeated call changes nothing. @returns undefined when there is no such key */
export async function revokeKey(pool: pg.Pool, id: string, { who, why }: Actor): Promise<KeyRecord | undefined> {
  const { rows } = await pool.query<KeyRecord>({ ...REVOKE, values: [id, who, why ?? null] });
  return rows[0];
}
