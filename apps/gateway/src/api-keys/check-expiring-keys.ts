import type pg from 'pg';
import type { HealthCheck } from '../health/health-watch.js';
import type { Audience } from './key-record.js';
import { statement } from '../storage/statement.js';

/** A key that was made for a short time is reported in the last quarter of it. A key with a successor may end. */
const FIND = statement('find-expiring-keys')`
select name, audience, expires_at as "expiresAt" from api_keys
 where revoked_at is null and successor_id is null and expires_at > now()
   and expires_at < now() + least(interval '14 days', (expires_at - created_at) / 4)
 order by expires_at`;

/** Whether keys in the database end soon and have no successor. */
export function checkExpiringKeys(pool: pg.Pool): HealthCheck {
  return {
    kinds: ['key.expires'],
    find: async () => {
      const { rows } = await pool.query<{ name: string; audience: Audience; expiresAt: Date }>(FIND);
      const [first] = rows;
      if (first === undefined) return [];
      const more = rows.length > 1 ? `, and ${rows.length - 1} more end soon` : '';
      const isForSigning = first.audience === 'callbacks';
      const what = isForSigning ? 'The secret of callbacks to' : 'The key';
      const effect = isForSigning ? 'they will not be signed with it any more' : 'its calls will be answered 401';
      const message = `${what} "${first.name}" ends at ${first.expiresAt.toISOString()}${more}: ${effect}. Rotate it (POST /admin/keys/{id}/rotate) if it is still used.`;
      return [{ kind: 'key.expires', severity: 'warning', message }];
    },
  };
}
