import type pg from 'pg';
import { date } from '../http/schema/formats.js';
import { IN_BOTH_LANGUAGES } from '../http/schema/languages.js';
import { NEXT_CURSOR } from '../http/schema/page.js';
import { listOf, named, object, oneOf, orNull, text, type Schema, type TypeOf } from '../http/schema/schema.js';
import { statement } from '../storage/statement.js';
import { kindOf, type OperatorEventKind } from './catalogue/catalogue.js';
import type { Severity } from './catalogue/kind.js';

/** Something a person has to know of, though nothing waits for their decision. */
export interface OperatorEvent {
  /** A stable word for rules and filters, such as `fund.low`: a row of the catalogue. */
  readonly kind: OperatorEventKind;
  readonly severity: Severity;
  /** For a person: what happened, to what, what to do now. No personal data. */
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const DETAILS: Schema<OperatorEvent['details']> = {
  type: 'object',
  additionalProperties: true,
  description: 'As data.',
};
const FIELDS = {
  id: text('Grows.'),
  at: date('When it began.'),
  closedAt: orNull(
    date('When the reported state ended: the time of the event if it has no duration, null while the state lasts.'),
  ),
  kind: text('An entry of the runbook, such as `fund.low`.') as Schema<OperatorEventKind>,
  severity: oneOf(['info', 'warning', 'critical'], 'How much it asks of a person.') as Schema<Severity>,
  message: text('For a person: what happened, to what, what to do now.'),
  details: DETAILS,
};
const RECORD = object(FIELDS);
export type OperatorEventRecord = TypeOf<typeof RECORD>;
const SHOWN = named('OperatorEvent', object({ ...FIELDS, text: IN_BOTH_LANGUAGES }));
export const OPERATOR_EVENT_PAGE = named(
  'OperatorEventPage',
  object({ events: listOf(SHOWN), nextCursor: NEXT_CURSOR }),
);

const NOTE = statement('note-operator-event')`
insert into operator_events (kind, severity, message, details, closed_at)
values ($1, $2, $3, $4::jsonb, case when $5::boolean then null else now() end)
on conflict (kind) where closed_at is null do nothing`;

/** Writes an event down; a kind that lasts stays open until it is closed. @param db the pool, or the client of a transaction that the event belongs to */
export async function noteOperatorEvent(
  db: Pick<pg.ClientBase, 'query'> | pg.Pool,
  { kind, severity, message, details }: OperatorEvent,
): Promise<void> {
  await db.query({
    ...NOTE,
    values: [kind, severity, message, JSON.stringify(details), kindOf(kind)?.lasts === true],
  });
}

const CLOSE = statement('close-operator-event')`
update operator_events set closed_at = now() where kind = $1 and closed_at is null`;

/** The state of a kind is over, if it was one. @param db as for {@link noteOperatorEvent} */
export async function closeOperatorEvent(
  db: Pick<pg.ClientBase, 'query'> | pg.Pool,
  kind: OperatorEventKind,
): Promise<void> {
  await db.query({ ...CLOSE, values: [kind] });
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
