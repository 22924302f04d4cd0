import type { Pool } from 'pg';
import { statement } from '../../storage/statement.js';
import type { AttemptRecord, EventRecord } from './history-records.js';

const ATTEMPTS = statement('find-attempts')`
select a.number, a.started_at as "startedAt", a.ended_at as "endedAt", a.outcome, a.reason,
       a.http_status as "httpStatus", a.result_code::float8 as "resultCode", a.result_message as "resultMessage",
       a.duration_ms as "durationMs", a.key_id as "keyId",
       a.partner_request_id as "partnerRequestId",
       case when a.outcome is distinct from 'not-sent' then anonymise_order_body(o.body)::text end as sent, a.answer
  from orders o left join order_attempts a on a.order_id = o.id
 where o.id = $1 order by a.number`;

/** @returns every attempt of an order, the first one first; undefined when there is no such order */
export async function findAttempts(pool: Pool, orderId: string): Promise<AttemptRecord[] | undefined> {
  const { rows } = await pool.query<AttemptRecord | { number: null }>({
    ...ATTEMPTS,
    values: [orderId],
  });
  return rows.length === 0 ? undefined : rows.filter((row): row is AttemptRecord => row.number !== null);
}

/** The columns of an event `e` that the API shows. */
export const EVENT_COLUMNS = `e.id, e.at, e.status, e.cause, e.type, e.ticket_id as "ticketId",
  e.ticket_status as "ticketStatus", e.who, e.detail`;

const EVENTS = statement('find-events')`
select ${EVENT_COLUMNS}
  from orders o left join order_events e on e.order_id = o.id
 where o.id = $1 order by e.id`;

/** @returns the history of an order, oldest first; undefined when there is no such order */
export async function findEvents(pool: Pool, orderId: string): Promise<EventRecord[] | undefined> {
  const { rows } = await pool.query<EventRecord | { id: null }>({
    ...EVENTS,
    values: [orderId],
  });
  return rows.length === 0 ? undefined : rows.filter((row): row is EventRecord => row.id !== null);
}
