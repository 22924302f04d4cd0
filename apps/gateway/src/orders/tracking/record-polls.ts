import type { Pool, PoolClient } from 'pg';
import { runTransaction } from '../../storage/transaction.js';
import { recordTickets, type RecordedTickets, type TicketsReading } from '../tickets/record-tickets.js';
import type { TicketStatus } from '../ticket.js';
import type { TrackClaim } from './claim-tracks.js';
import { POLL_TABLE, type PollKind } from './judge-poll.js';
import { LAST_STEP, nextPollMs } from './track-schedule.js';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';

/** How asking about an order ended. */
export interface PollRecord {
  readonly claim: TrackClaim;
  readonly kind: PollKind;
  /** For `read`. */
  readonly reading: TicketsReading | undefined;
  /** For how long all of tracking pauses: no one asks about this order before. */
  readonly pauseMs: number;
}

/** The result for the track. */
export interface RecordedPoll {
  /** Why the order is not polled any more; null while it is. */
  readonly ended: 'complete' | 'deadline' | null;
  /** The partner has refused to answer about this order for the first time since its last answer. */
  readonly isNewlyRefused: boolean;
  /** Tickets that have another status than before. */
  readonly changedTickets: number;
}

export interface TrackRules {
  readonly trackScheduleSecs: readonly number[];
  readonly trackDeadlineDays: number;
}

/** Tickets that stay what they are: no one has to ask about them again. */
const SETTLED: readonly TicketStatus[] = ['written', 'refunded'];

/** After an unclear result an order is polled again soon, however rare its polls have become. */
const SOON_MS = 60_000;

/** Where a record leaves its track. */
interface TrackMove {
  readonly record: PollRecord;
  readonly step: number;
  readonly dueInMs: number;
  readonly isComplete: boolean;
}

const MOVES = new ColumnArrays<TrackMove>(
  {
    order_id: ['uuid', ({ record }) => record.claim.orderId],
    polls: ['integer', ({ record }) => record.claim.polls],
    step: ['integer', ({ step }) => step],
    due_in_ms: ['float8', ({ dueInMs }) => dueInMs],
    is_refused: ['boolean', ({ record }) => POLL_TABLE[record.kind].isRefused ?? null],
    is_complete: ['boolean', ({ isComplete }) => isComplete],
  },
  3,
);

const RECORD = statement('record-polls')`
with given as (
  select * from ${MOVES.rowsAs('g')}
), locked as (
  select order_id from order_tracks where order_id = any($2::uuid[]) order by order_id for update
), kept as (
  -- Whose lease ran out has been asked about again: that poll decides.
  select t.order_id, t.refused_since is null and g.is_refused as is_newly_refused,
         case when g.is_complete then 'complete'
              when g.is_refused is not null and t.since < now() - $1::integer * interval '1 day' then 'deadline' end as ended
    from order_tracks t join locked using (order_id) join given g using (order_id)
   where t.polls = g.polls and t.ended is null
)
update order_tracks t
   set step = g.step, is_leased = false,
       -- The longer the partner has refused an order, the longer it is left alone: the pause doubles, up to a day.
       due_at = now() + greatest(g.due_in_ms * interval '1 millisecond',
                                 case when g.is_refused then least(now() - t.refused_since, interval '1 day') end),
       ended = k.ended,
       refused_since = case when g.is_refused then coalesce(t.refused_since, now())
                            when g.is_refused is null then t.refused_since end,
       -- A refusal is reported once; that it has come to an end is another matter.
       reported_at = case when k.ended is null and coalesce(g.is_refused, true) then t.reported_at end
  from given g join kept k using (order_id)
 where t.order_id = g.order_id
returning t.order_id as "orderId", t.ended, coalesce(k.is_newly_refused, false) as "isNewlyRefused"`;

/**
 * Records the tickets and the next poll of each order, in one transaction.
 *
 * @param records at most one for each order
 * @returns one for each; undefined where another poll has taken over the track. The answer about the tickets still
 *   counts.
 */
export function recordPolls(
  pool: Pool,
  records: readonly PollRecord[],
  rules: TrackRules,
): Promise<(RecordedPoll | undefined)[]> {
  return runTransaction(pool, async (client) => {
    const readings = records.flatMap(({ reading }) => reading ?? []);
    const orders = new Map((await recordTickets(client, readings)).map((order) => [order.orderId, order]));
    const tracks = await moveTracks(client, records, orders, rules);
    return records.map(({ claim: { orderId } }) => {
      const track = tracks.get(orderId);
      return track && { ...track, changedTickets: orders.get(orderId)?.changed.length ?? 0 };
    });
  });
}

async function moveTracks(
  client: PoolClient,
  records: readonly PollRecord[],
  orders: ReadonlyMap<string, RecordedTickets>,
  { trackScheduleSecs, trackDeadlineDays }: TrackRules,
): Promise<Map<string, Omit<RecordedPoll, 'changedTickets'>>> {
  const moves = records.map((record): TrackMove => {
    const { claim, reading } = record;
    const order = orders.get(claim.orderId);
    const isWhole = reading?.isPartial !== true && isComplete(order);
    return { record, ...nextPoll(record, order, trackScheduleSecs), isComplete: isWhole };
  });
  const { rows } = await client.query<Omit<RecordedPoll, 'changedTickets'> & { orderId: string }>({
    ...RECORD,
    values: [trackDeadlineDays, records.map(({ claim }) => claim.orderId), ...MOVES.of(moves)],
  });
  return new Map(rows.map(({ orderId, ended, isNewlyRefused }) => [orderId, { ended, isNewlyRefused }]));
}

/** The order's next step in the schedule, and its time. */
function nextPoll(
  { claim: { step }, kind, pauseMs }: PollRecord,
  order: RecordedTickets | undefined,
  scheduleSecs: readonly number[],
): { step: number; dueInMs: number } {
  switch (POLL_TABLE[kind].step) {
    case 'next': {
      // Where something has just happened, more may follow soon.
      const next = order !== undefined && order.changed.length > 0 ? 0 : step + 1;
      return { step: next, dueInMs: nextPollMs(scheduleSecs, next) };
    }
    case 'last':
      return { step: LAST_STEP, dueInMs: nextPollMs(scheduleSecs, LAST_STEP) };
    case 'same':
      return { step, dueInMs: Math.max(pauseMs, Math.min(SOON_MS, nextPollMs(scheduleSecs, step))) };
  }
}

/** An order without tickets is not complete: its tickets are still missing. */
function isComplete(order: RecordedTickets | undefined): boolean {
  return (
    order !== undefined && order.tickets.length > 0 && order.tickets.every(({ status }) => SETTLED.includes(status))
  );
}
