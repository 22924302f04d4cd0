import type { Pool } from 'pg';
import type { TicketStatus } from '../ticket.js';
import { statement } from '../../storage/statement.js';

/** One attempt to send an order, as the API gives it. Until it has ended, what it led to is null. */
export interface AttemptRecord {
  readonly number: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: 'answered' | 'not-sent' | 'not-executed' | 'unknown' | null;
  readonly reason: string | null;
  readonly httpStatus: number | null;
  readonly resultCode: number | null;
  readonly resultMessage: string | null;
  readonly durationMs: number | null;
  readonly keyId: string | null;
  /** The beginning of what the partner answered, personal data masked. */
  readonly answer: string | null;
}

/** One step in the life of an order. */
export interface EventRecord {
  /** Grows along the history. */
  readonly id: string;
  readonly at: string;
  /** The order's state from then on. */
  readonly status: string;
  readonly cause: string;
  /** The name under which producers hear of it, such as `order.confirmed`; null for a step they are not told about. */
  readonly type: string | null;
  /** The ticket it is about; null when it is about the order. */
  readonly ticketId: string | null;
  readonly ticketStatus: TicketStatus | null;
  /** The name of the API key whose holder asked for it; null where no one did. */
  readonly who: string | null;
  /** What the partner said of it, personal data masked. */
  readonly detail: string | null;
}

const ATTEMPTS = statement('find-attempts')`
select a.number, a.started_at as "startedAt", a.ended_at as "endedAt", a.outcome, a.reason,
       a.http_status as "httpStatus", a.result_code::float8 as "resultCode", a.result_message as "resultMessage",
       a.duration_ms as "durationMs", a.key_id as "keyId", a.answer
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
