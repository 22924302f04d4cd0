import type { Pool } from 'pg';
import { cleanText } from '../../storage/clean-text.js';
import { statement } from '../../storage/statement.js';

/** What is cancelled: a whole order, or one ticket of it. */
export interface CancelTarget {
  /** The request that asks for it, for the log. */
  readonly requestId?: string | undefined;
  /** Our id of the order. */
  readonly orderId: string;
  /** The ticket's id; null for the whole order. */
  readonly ticketId: string | null;
}

/** The data of a cancel call to the partner. */
export interface CancelOutcome {
  readonly outcome: 'accepted' | 'refused' | 'not-sent' | 'unknown';
  /** Why there was no answer. */
  readonly reason: string | null;
  readonly resultCode: number | null;
  /** The partner's words, personal data masked. */
  readonly resultMessage: string | null;
  readonly retryAfterSecs: number | null;
}

export type CancelClaim =
  /** No one else cancels anything of this order. */
  | {
      readonly kind: 'claimed';
      readonly id: string;
      /** Whether an earlier one may have had its effect there: the order has to be read before anything is sent. */
      readonly isDoubtful: boolean;
      /** Whether the partner took an earlier one that covers the same: it is not sent a second time. */
      readonly isAccepted: boolean;
    }
  /** Another one of this order is in progress. */
  | { readonly kind: 'held'; readonly id: string; readonly ticketId: string | null };

/** A step of a cancellation in the history of its order, with the state that the order and the ticket have. */
const NOTE = `
  insert into order_events (order_id, status, cause, ticket_id, ticket_status, who, detail)
  select o.id, o.status, $2::text, s.ticket_id,
         case when s.ticket_id is not null then coalesce(t.status, 'pending') end, s.who,
         case when o.anonymised_at is null then $3::text end
    from step s join orders o on o.id = s.order_id
    left join order_tickets t on t.order_id = s.order_id and t.order_tariff_id = s.ticket_id`;

/** What the history says of each outcome. */
const CAUSES: Readonly<Record<CancelOutcome['outcome'], string>> = {
  accepted: 'cancel-accepted',
  refused: 'cancel-refused',
  'not-sent': 'cancel-not-sent',
  unknown: 'cancel-unanswered',
};

/** Its sender did not return: if bytes may have left, only a reading shows the outcome. */
const EXPIRE = statement('expire-cancellations')`
with locked as (
  select id from orders where id = $1 for update
), step as (
  update cancellations c
     set ended_at = now(), outcome = coalesce(outcome, case when sent_at is null then 'not-sent' else 'unknown' end),
         reason = case when outcome is null then $3::text else reason end
    from locked l where c.order_id = l.id and c.ended_at is null and c.lease_expires_at < now()
  returning c.*
), noted as (${NOTE}
   where s.sent_at is not null and s.reason = $3::text
)
select`;

const CLAIM = statement('claim-cancellation')`
insert into cancellations (order_id, ticket_id, who, lease_expires_at)
values ($1, $2, $3, now() + $4 * interval '1 millisecond')
on conflict (order_id) where ended_at is null do nothing
returning id`;

/** Read after the claim: no one adds to earlier calls any more. */
const LOOK_BACK = statement('look-back-at-cancellations')`
select coalesce(bool_or(outcome in ('accepted', 'unknown')), false) as "isDoubtful",
       coalesce(bool_or(outcome = 'accepted' and (ticket_id is null or ticket_id = $2)), false) as "isAccepted"
  from cancellations where order_id = $1`;

const FIND_HELD = statement('find-held-cancellation')`
select id, ticket_id as "ticketId" from cancellations where order_id = $1 and ended_at is null`;

/**
 * Asks to be the one that cancels something of an order; no one else is until it has ended or its lease ran out.
 *
 * @param who the name of the API key
 * @returns undefined when another one has ended between two looks: ask again
 */
export async function claimCancellation(
  pool: Pool,
  { orderId, ticketId }: CancelTarget,
  who: string,
  leaseMs: number,
): Promise<CancelClaim | undefined> {
  await pool.query({
    ...EXPIRE,
    values: [orderId, CAUSES.unknown, 'lease-expired'],
  });
  const claimed = await pool.query<{ id: string }>({
    ...CLAIM,
    values: [orderId, ticketId, who, leaseMs],
  });
  if (claimed.rows[0] !== undefined) {
    const { rows } = await pool.query<{ isDoubtful: boolean; isAccepted: boolean }>({
      ...LOOK_BACK,
      values: [orderId, ticketId],
    });
    const { isDoubtful = true, isAccepted = false } = rows[0] ?? {};
    return { kind: 'claimed', id: claimed.rows[0].id, isDoubtful, isAccepted };
  }
  const held = await pool.query<{ id: string; ticketId: string | null }>({
    ...FIND_HELD,
    values: [orderId],
  });
  return held.rows[0] && { kind: 'held', ...held.rows[0] };
}

const MARK_SENT = statement('mark-cancellation-sent')`
with locked as (
  select o.id from orders o join cancellations c on c.order_id = o.id where c.id = $1 for update of o
), step as (
  update cancellations c set sent_at = now(), lease_expires_at = now() + $4 * interval '1 millisecond'
    from locked l
   where c.id = $1 and c.order_id = l.id and c.ended_at is null and c.lease_expires_at > now()
  returning c.*
), noted as (${NOTE}
)
select 1 from step`;

/**
 * Records the call before its first byte leaves.
 *
 * @returns false when the claim was lost: nothing may be sent
 */
export async function markSent(pool: Pool, id: string, leaseMs: number): Promise<boolean> {
  const { rows } = await pool.query({
    ...MARK_SENT,
    values: [id, 'cancel-requested', null, leaseMs],
  });
  return rows.length === 1;
}

const NOTE_OUTCOME = statement('note-cancellation-outcome')`
with locked as (
  select o.id, o.anonymised_at from orders o join cancellations c on c.order_id = o.id where c.id = $1 for update of o
), step as (
  update cancellations c
     set outcome = $4, reason = $5, result_code = $6, retry_after_secs = $8,
         result_message = case when l.anonymised_at is null then $7::text end
    from locked l where c.id = $1 and c.order_id = l.id
  returning c.*
), noted as (${NOTE}
)
select 1 from step`;

/** Writes down what the partner answered. The cancellation is still in progress: the order has yet to be read. */
export async function noteOutcome(pool: Pool, id: string, outcome: CancelOutcome): Promise<void> {
  const { reason, resultCode, retryAfterSecs } = outcome;
  const words = outcome.resultMessage === null ? null : cleanText(outcome.resultMessage);
  const detail = resultCode === null ? reason : `${resultCode}: ${words ?? ''}`;
  await pool.query({
    ...NOTE_OUTCOME,
    values: [id, CAUSES[outcome.outcome], detail, outcome.outcome, reason, resultCode, words, retryAfterSecs],
  });
}

const END = statement('end-cancellation')`
update cancellations
   set ended_at = now(), outcome = coalesce(outcome, case when sent_at is null then 'not-sent' else 'unknown' end)
 where id = $1 and ended_at is null`;

/** Ends a cancellation: another one may begin, and waiting callers read the outcome. */
export async function endCancellation(pool: Pool, id: string): Promise<void> {
  await pool.query({ ...END, values: [id] });
}

const FIND = statement('find-cancellation')`
select ended_at is not null as "hasEnded", lease_expires_at < now() as "isLost", outcome, reason,
       result_code::float8 as "resultCode", result_message as "resultMessage", retry_after_secs as "retryAfterSecs"
  from cancellations where id = $1`;

/** @returns the outcome of a cancellation; undefined when its process did not return */
export async function findEnded(pool: Pool, id: string): Promise<CancelOutcome | 'under-way' | undefined> {
  const { rows } = await pool.query<CancelOutcome & { hasEnded: boolean; isLost: boolean }>({
    ...FIND,
    values: [id],
  });
  const [row] = rows;
  if (row === undefined || (row.isLost && !row.hasEnded)) return undefined;
  if (!row.hasEnded) return 'under-way';
  const { outcome, reason, resultCode, resultMessage, retryAfterSecs } = row;
  return { outcome, reason, resultCode, resultMessage, retryAfterSecs };
}
