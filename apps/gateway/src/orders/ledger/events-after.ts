import type { Pool } from 'pg';
import { EVENT_COLUMNS } from './order-history.js';
import type { EventRecord } from './history-records.js';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';

/** A reader of one history: whose, and the id of the last event it has. */
export interface EventCursor {
  readonly orderId: string;
  /** `'0'` for the beginning. */
  readonly after: string;
}

/** The most events one look gives to one reader; the next look continues after them. */
export const EVENT_PAGE = 100;

const CURSORS = new ColumnArrays<EventCursor>({
  order_id: ['uuid', ({ orderId }) => orderId],
  after: ['bigint', ({ after }) => after],
});

const EVENTS_AFTER = statement('find-events-after')`
select w.position::int as position, e.*
  from ${CURSORS.rowsAs('w', 'position')}
 cross join lateral (
   select ${EVENT_COLUMNS} from order_events e
    where e.order_id = w.order_id and e.id > w.after order by e.id limit ${EVENT_PAGE}
 ) e
 order by w.position, e.id`;

/**
 * What has happened since, for any number of readers in one statement.
 *
 * Behind an id that was seen nothing can appear later: the one who writes an event holds the lock on the row of its order
 * while it takes an id and until it commits, so that within one order ids grow in the order of commits.
 *
 * @returns one list per place, in the order given, oldest first
 */
export async function findEventsAfter(pool: Pool, places: readonly EventCursor[]): Promise<EventRecord[][]> {
  const found: EventRecord[][] = places.map(() => []);
  const { rows } = await pool.query<EventRecord & { position: number }>({
    ...EVENTS_AFTER,
    values: CURSORS.of(places),
  });
  for (const { position, ...event } of rows) found[position - 1]?.push(event);
  return found;
}
