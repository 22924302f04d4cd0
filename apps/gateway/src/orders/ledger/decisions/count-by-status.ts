import type { Pool } from 'pg';
import { statement } from '../../../storage/statement.js';

/** How many orders stand in one state, and since when the one that has waited longest. */
export interface StatusCount {
  readonly status: string;
  readonly count: number;
  /** When the oldest came into this state; null for none. */
  readonly oldestAt: Date | null;
  readonly oldestAgeSecs: number | null;
}

/** First orders that wait for a person, each group for another decision; then orders in progress. */
export const COUNTED_STATUSES = ['unknown', 'failed', 'rejected', 'accepted', 'sending', 'retrying'] as const;

const COUNT = statement('count-orders-by-status')`
select status, count(*)::int as count, min(updated_at) as "oldestAt",
       floor(extract(epoch from now() - min(updated_at)))::int as "oldestAgeSecs"
  from orders where status in (${COUNTED_STATUSES.map((status) => `'${status}'`).join(', ')}) group by status`;

/** @returns one entry per state, in the order of {@link COUNTED_STATUSES}, empty ones too */
export async function countByStatus(pool: Pool): Promise<StatusCount[]> {
  const { rows } = await pool.query<StatusCount>(COUNT);
  const empty = { count: 0, oldestAt: null, oldestAgeSecs: null };
  return COUNTED_STATUSES.map((status) => rows.find((row) => row.status === status) ?? { status, ...empty });
}
