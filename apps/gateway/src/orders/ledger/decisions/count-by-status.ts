import type { Pool } from 'pg';
import { date } from '../../../http/schema/formats.js';
import { integer, named, object, orNull, text, type TypeOf } from '../../../http/schema/schema.js';
import { statement } from '../../../storage/statement.js';

export const STATUS_COUNT = named(
  'StatusCount',
  object(
    {
      status: text('The state.'),
      count: integer('How many orders are in it.', { minimum: 0 }),
      oldestAt: orNull(date('When the oldest came into this state; null for none.')),
      oldestAgeSecs: orNull(integer('How long ago that was.')),
    },
    { description: 'How many orders are in one state, and since when the one that has waited longest.' },
  ),
);
export type StatusCount = TypeOf<typeof STATUS_COUNT>;

/** First orders that wait for a person, each group for another decision; then orders in progress. */
export const COUNTED_STATUSES = ['unknown', 'failed', 'rejected', 'accepted', 'sending', 'retrying'] as const;

/** By status one after the other: each has an index of its own that holds no paid order. */
export const COUNT = statement('count-orders-by-status')`
select status, count::int, oldest as "oldestAt", floor(extract(epoch from now() - oldest))::int as "oldestAgeSecs"
  from (${COUNTED_STATUSES.map(
    (status) => `
    select '${status}' as status, count(*) as count, min(updated_at) as oldest from orders where status = '${status}'`,
  ).join(' union all ')}) c where count > 0`;

/** @returns one entry per state, in the order of {@link COUNTED_STATUSES}, empty ones too */
export async function countByStatus(pool: Pool): Promise<StatusCount[]> {
  const { rows } = await pool.query<StatusCount>(COUNT);
  const empty = { count: 0, oldestAt: null, oldestAgeSecs: null };
  return COUNTED_STATUSES.map((status) => rows.find((row) => row.status === status) ?? { status, ...empty });
}
