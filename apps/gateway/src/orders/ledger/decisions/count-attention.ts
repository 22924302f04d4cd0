import type { Pool } from 'pg';

/** How many orders stand in one state, and since when the one that has waited longest. */
export interface Pile {
  readonly status: string;
  readonly count: number;
  /** When the oldest came into this state; null for none. */
  readonly oldestAt: Date | null;
  readonly oldestAgeSecs: number | null;
}

/** What waits for a person, each pile for another decision; then what is on its way. */
export const PILES = ['unknown', 'failed', 'rejected', 'accepted', 'sending', 'retrying'] as const;

const COUNT = `
select status, count(*)::int as count, min(updated_at) as "oldestAt",
       floor(extract(epoch from now() - min(updated_at)))::int as "oldestAgeSecs"
  from orders where status in (${PILES.map((status) => `'${status}'`).join(', ')}) group by status`;

/** @returns one entry per state, in the order of {@link PILES}, empty ones too */
export async function countPiles(pool: Pool): Promise<Pile[]> {
  const { rows } = await pool.query<Pile>({ name: 'count-piles', text: COUNT });
  const empty = { count: 0, oldestAt: null, oldestAgeSecs: null };
  return PILES.map((status) => rows.find((row) => row.status === status) ?? { status, ...empty });
}
