import type { Pool } from 'pg';
import { statement } from '../../storage/statement.js';

const BREAKER_PAUSE = statement('breaker-pause')`
select ceil(extract(epoch from open_until - now()))::int as secs from partner_breaker where open_until > now()`;

/**
 * How long the partner is to be left alone because it could not be reached, in whole seconds; undefined when it may be
 * called. Once the pause is over, any call is as good a probe as the next order's.
 */
export async function breakerPauseSecs(pool: Pool): Promise<number | undefined> {
  const { rows } = await pool.query<{ secs: number }>(BREAKER_PAUSE);
  return rows[0]?.secs;
}
