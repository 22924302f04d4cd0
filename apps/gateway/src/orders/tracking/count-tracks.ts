import type { Pool } from 'pg';
import { statement } from '../../storage/statement.js';

/** How much there is to track, and how far behind tracking is. */
export interface TrackCounts {
  readonly open: number;
  readonly due: number;
  readonly oldestLatenessSecs: number;
}

const COUNT = statement('count-tracks')`
select count(*)::float8 as open, (count(*) filter (where due_at <= now()))::float8 as due,
       greatest(0, coalesce(extract(epoch from now() - min(due_at)), 0))::float8 as "oldestLatenessSecs"
  from order_tracks where ended is null`;

/** Counts the open tracks; the index of the due ones alone answers it. */
export async function countTracks(pool: Pool): Promise<TrackCounts> {
  const { rows } = await pool.query<TrackCounts>(COUNT);
  return rows[0] ?? { open: 0, due: 0, oldestLatenessSecs: 0 };
}
