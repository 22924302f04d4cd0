import type { Pool } from 'pg';
import { statement } from '../../storage/statement.js';

const PAUSE = statement('pause-tracking')`
update tracking_pause p set until = greatest(p.until, now() + $1::float8 * interval '1 millisecond')
  from (select until from tracking_pause) before
returning before.until <= now() as "hasBegun"`;

/**
 * From now on and for so long no one asks about any order, in whatever process.
 *
 * @returns whether this has begun the pause: polls in progress together meet the same conditions
 */
export async function pauseTracking(pool: Pool, pauseMs: number): Promise<boolean> {
  const { rows } = await pool.query<{ hasBegun: boolean }>({ ...PAUSE, values: [pauseMs] });
  return rows[0]?.hasBegun === true;
}
