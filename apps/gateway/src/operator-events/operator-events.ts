import type pg from 'pg';
import { statement } from '../storage/statement.js';

export type Severity = 'info' | 'warning' | 'critical';

/** Something a person has to know of, though nothing waits for their decision. */
export interface OperatorEvent {
  /** A stable word for rules and filters, such as `fund.low`. */
  readonly kind: string;
  readonly severity: Severity;
  /** For a person: what happened, to what, what to do now. No personal data. */
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface OperatorEventRecord extends OperatorEvent {
  readonly id: string;
  readonly at: Date;
  /** When the reported state ended: the time of the event if it has no duration, null while the state lasts. */
  readonly closedAt: Date | null;
}

const NOTE = statement('note-operator-event')`
insert into operator_events (kind, severity, message, details) values ($1, $2, $3, $4::jsonb)`;

/** Writes an event down. @param db the pool, or the client of a transaction that the event belongs to */
export async function noteOperatorEvent(
  db: Pick<pg.ClientBase, 'query'> | pg.Pool,
  { kind, severity, message, details }: OperatorEvent,
): Promise<void> {
  await db.query({
    ...NOTE,
    values: [kind, severity, message, JSON.stringify(details)],
  });
}

const LIST = statement('list-operator-events')`
select id, at, closed_at as "closedAt", kind, severity, message, details
  from operator_events
 where id < $1 and ($2::text is null or kind = $2::text) order by id desc limit $3`;

/** The newest first. @param before the id behind which the page begins */
export async function listOperatorEvents(
  pool: pg.Pool,
  { before, kind, limit }: { before: string; kind: string | undefined; limit: number },
): Promise<OperatorEventRecord[]> {
  const { rows } = await pool.query<OperatorEventRecord>({
    ...LIST,
    values: [before, kind ?? null, limit],
  });
  return rows;
}
