import type { ClientBase, Pool } from 'pg';
import type { OperatorEvent } from '../../operator-events/operator-events.js';
import { cleanText } from '../../storage/clean-text.js';
import { plainDecimal } from '../decimal.js';
import { OUTCOME_TABLE, type AttemptVerdict } from '../sending/outcome-table.js';
import type { SendJob } from './send-job.js';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';

/** The end of an attempt, with its stored data. */
export interface AttemptSettlement {
  readonly orderId: string;
  readonly attempt: number;
  readonly verdict: AttemptVerdict;
  readonly outcome: 'answered' | 'not-sent' | 'not-executed' | 'unknown';
  readonly reason: string | null;
  readonly httpStatus: number | null;
  readonly durationMs: number;
  readonly keyId: string | null;
  /** The `X-Request-Id` of the answer. */
  readonly partnerRequestId?: string | null;
  /** The beginning of the answer, personal data masked. */
  readonly answer: string | null;
  /** The partner was out of reach: the attempt does not count against the schedule. */
  readonly isFree: boolean;
  /** For `retrying`: when the next attempt is due, from now. For `confirmed`: when the order is first polled. */
  readonly dueInMs: number;
  /** The operator events of the answer, once it has settled the order. */
  readonly notices?: readonly OperatorEvent[];
}

const SAME_ID = OUTCOME_TABLE['answered-0-same-id'];

const SETTLEMENTS = new ColumnArrays<AttemptSettlement>({
  id: ['uuid', (s) => s.orderId],
  attempt: ['integer', (s) => s.attempt],
  status: ['text', (s) => s.verdict.status],
  cause: ['text', (s) => s.verdict.cause],
  outcome: ['text', (s) => s.outcome],
  reason: ['text', (s) => s.reason],
  http_status: ['integer', (s) => s.httpStatus],
  duration_ms: ['integer', (s) => s.durationMs],
  key_id: ['text', (s) => s.keyId],
  result_code: ['bigint', (s) => s.verdict.resultCode ?? null],
  result_message: ['text', (s) => cleaned(s.verdict.resultMessage)],
  troika_order_id: ['text', (s) => cleaned(s.verdict.troikaOrderId)],
  total_amount: ['text', (s) => cleaned(s.verdict.totalAmount)],
  due_in_ms: ['bigint', (s) => s.dueInMs],
  answer: ['text', (s) => s.answer],
  is_free: ['boolean', (s) => s.isFree],
  troika_uuid: ['text', (s) => cleaned(s.verdict.troikaUuid)],
  cost: ['numeric', ({ verdict: { totalAmount } }) => (totalAmount === undefined ? null : plainDecimal(totalAmount))],
  partner_request_id: ['text', (s) => s.partnerRequestId ?? null],
  notices: ['jsonb', (s) => JSON.stringify(s.notices ?? [])],
});

/**
 * Late answers may still settle an order whose lease ran out: the attempt is the same, and evidence beats its absence.
 * One that says "paid" also settles an order that was given up or put back, whatever attempt it belongs to: it must not
 * be sent again. If it cannot – the order was sent again, or has come to another end – it may have been paid twice, and
 * a person must know.
 */
const SETTLE = statement('settle-attempts')`
with settlement as (
  select * from ${SETTLEMENTS.rowsAs('g')}
), locked as (
  -- The order before its attempt, as everybody does: no one then waits for the other.
  select id, status, attempts, troika_order_id
    from orders where id in (select id from settlement) order by id for update
), holder as (
  -- An id of the partner's belongs to the order that has it first, whichever process writes that down.
  insert into troika_order_ids as i (troika_order_id, order_id)
  select distinct on (t.troika_order_id) t.troika_order_id, t.id from settlement t join locked using (id)
   where t.status = 'confirmed' and t.troika_order_id is not null order by t.troika_order_id, t.id
  on conflict (troika_order_id) do update set order_id = i.order_id
  returning i.troika_order_id, i.order_id
), given as (
  select t.id, t.attempt, case when h.order_id is null then t.status else '${SAME_ID.status}' end as status,
         case when h.order_id is null then t.cause else '${SAME_ID.cause}' end as cause, h.order_id as same_as,
         t.outcome = 'answered' and t.result_code = 0 as is_paid, t.outcome, t.reason, t.http_status, t.duration_ms,
         t.key_id, t.result_code, t.result_message, t.troika_order_id, t.total_amount, t.due_in_ms, t.answer, t.is_free,
         t.troika_uuid, t.cost, t.partner_request_id, t.notices
    from settlement t left join holder h
      on t.status = 'confirmed' and h.troika_order_id = t.troika_order_id and h.order_id <> t.id
), attempted as (
  update order_attempts a
     set ended_at = now(), outcome = g.outcome, reason = g.reason, http_status = g.http_status,
         duration_ms = g.duration_ms, key_id = g.key_id, result_code = g.result_code, result_message = g.result_message,
         answer = g.answer, partner_request_id = g.partner_request_id
    from given g join locked using (id)
   where a.order_id = g.id and a.number = g.attempt
), settled as (
  update orders o
     set status = g.status, updated_at = now(), lease_expires_at = null,
         generation = o.generation + case when g.status = 'retrying' then 1 else 0 end,
         free_attempts = o.free_attempts + case when g.is_free then 1 else 0 end,
         due_at = now() + g.due_in_ms * interval '1 millisecond',
         result_code = g.result_code, result_message = g.result_message,
         troika_order_id = g.troika_order_id, total_amount = g.total_amount, troika_uuid = g.troika_uuid
    from given g join locked using (id)
   where o.id = g.id
     and (o.attempts = g.attempt and (o.status = 'sending' or (o.status = 'unknown' and g.outcome = 'answered'
            -- Not a settlement that is repeated because no one knew whether it was taken.
            and not exists (select from order_attempts a
              where a.order_id = o.id and a.number = g.attempt and a.outcome = 'answered')))
          or g.is_paid and o.status in ('retrying', 'failed'))
  returning o.id, o.generation, g.status, g.cause, g.attempt, g.cost, g.is_paid, g.same_as, g.troika_order_id, g.notices
), spent as (
  -- Only while there is a floor: the one row would be a queue for nothing.
  update sending_hold h set spent = h.spent + s.cost
    from (select sum(cost) as cost from settled where is_paid and cost > 0) s
   where h.floor is not null and s.cost is not null
), noted as (
  insert into order_events (order_id, status, cause) select id, status, cause from settled
), late as (
  select l.id, l.status, g.attempt, g.troika_order_id as executed_as, l.troika_order_id as known_as, l.attempts
    from given g join locked l using (id) join order_attempts a on a.order_id = g.id and a.number = g.attempt
   where g.is_paid
     -- Nor here one that is repeated.
     and a.outcome is distinct from 'answered'
     and not exists (select from settled s where s.id = g.id and s.attempt = g.attempt)
     -- Not what a person has found out before us.
     and not (l.attempts = g.attempt and l.status in ('confirmed', 'cancelled')
              and l.troika_order_id is not distinct from g.troika_order_id)
), late_noted as (
  insert into order_events (order_id, status, cause) select id, status, 'earlier-attempt-executed' from late
), alarmed as (
  insert into operator_events (kind, severity, message, details)
  select 'order.executed-twice-possibly', 'critical',
         format('Attempt %s of order %s was executed after all, as order %s of Тройка Бизнес; in the meantime the order is %s. '
           || 'Compare with what else was executed for it, and cancel there what is too many.',
           attempt, id, coalesce(executed_as, '(no id)'), status),
         jsonb_build_object('orderId', id, 'attempt', attempt, 'troikaOrderId', executed_as, 'status', status,
           'attempts', attempts, 'knownAs', known_as)
    from late
), warned as (
  insert into operator_events (kind, severity, message, details)
  select n.kind, n.severity, n.message, n.details || jsonb_build_object('orderId', s.id, 'attempt', s.attempt)
    from settled s, jsonb_to_recordset(s.notices) as n (kind text, severity text, message text, details jsonb)
  union all
  select 'order.same-id', 'critical',
         format('Тройка Бизнес confirmed order %s under the id %s, which order %s has already: one of the two may not have '
           || 'been executed. Order %s is unknown until somebody has asked Тройка Бизнес and decides.',
           id, troika_order_id, same_as, id),
         jsonb_build_object('orderId', id, 'attempt', attempt, 'troikaOrderId', troika_order_id, 'otherOrderId', same_as)
    from settled where same_as is not null
)
select id as "orderId", generation from settled`;

/**
 * Records how attempts ended and moves their orders on, in one statement.
 *
 * @param db the pool, or the client of a transaction that they belong to
 * @returns per settlement the order's present generation, or undefined if the order had moved on without this attempt; when
 *   it was executed all the same, an operator event says so
 */
export async function settleAttempts(
  db: Pool | ClientBase,
  settlements: readonly AttemptSettlement[],
): Promise<(SendJob | undefined)[]> {
  const { rows } = await db.query<SendJob>({ ...SETTLE, values: SETTLEMENTS.of(settlements) });
  const settled = new Map(rows.map((row) => [row.orderId, row]));
  return settlements.map(({ orderId }) => settled.get(orderId));
}

/** The partner's words: a character that the database cannot hold must not keep an answer out of the ledger. */
function cleaned(text: string | undefined): string | null {
  return text === undefined ? null : cleanText(text);
}
