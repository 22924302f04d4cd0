import type { Pool } from 'pg';
import { cleanText } from '../../../storage/clean-text.js';
import type { OrderStatus } from '../../order-status.js';
import type { RememberedAttempt } from './remembered-attempt.js';

/** Why an order stands where it does, in its history. */
export const RESTORED: string = 'ledger-restored';

/**
 * An outcome that says "surely not executed, try again" moves nothing: its order may be sent, as any that was never
 * sent. Any other moves it to where it led at the time, if the state machine has such a step; what is known of no end is
 * unknown. An attempt older than the last one that the ledger knows decides nothing, unless it was paid.
 */
const RESTORE = `
with given as (
  select * from unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[],
      $7::integer[], $8::bigint[], $9::integer[], $10::text[], $11::text[], $12::text[], $13::text[], $14::boolean[])
    as g (id, number, began_at, ended_at, outcome, reason, http_status, result_code, duration_ms, target,
      troika_order_id, total_amount, troika_uuid, is_free)
), locked as (
  select id, status, attempts, troika_order_id
    from orders where id in (select id from given) order by id for update
), written as (
  insert into order_attempts (order_id, number, started_at, ended_at, outcome, reason, http_status, result_code, duration_ms)
  select g.id, g.number, coalesce(g.began_at, g.ended_at, now()), coalesce(g.ended_at, now()), g.outcome, g.reason,
         g.http_status, g.result_code, g.duration_ms
    from given g join locked using (id)
  on conflict do nothing
  returning order_id as id, number
), decided as (
  select g.*, l.status as was, l.troika_order_id as known_as,
         g.target is not null and (g.target = 'confirmed' or g.number > l.attempts)
         and exists (select from order_transitions t where t.from_status = l.status and t.to_status = g.target) as moves
    from given g join written using (id, number) join locked l using (id)
), restored as (
  update orders o
     set attempts = greatest(o.attempts, d.number), free_attempts = o.free_attempts + d.is_free::integer,
         updated_at = now(),
         status = case when d.moves then d.target else o.status end,
         generation = o.generation + d.moves::integer,
         lease_expires_at = case when d.moves then null else o.lease_expires_at end,
         due_at = case when d.moves then now() else o.due_at end,
         result_code = case when d.moves then d.result_code else o.result_code end,
         result_message = case when d.moves then null else o.result_message end,
         troika_order_id = case when d.moves then d.troika_order_id else o.troika_order_id end,
         troika_uuid = case when d.moves then d.troika_uuid else o.troika_uuid end,
         total_amount = case when d.moves then d.total_amount else o.total_amount end
    from decided d
   where o.id = d.id
  returning o.id, o.status
), noted as (
  insert into order_events (order_id, status, cause)
  select r.id, r.status, '${RESTORED}' from restored r join decided d using (id)
   where d.moves or r.status in ('accepted', 'retrying')
), doubled as (
  select * from decided
   where target = 'confirmed' and not moves and known_as is distinct from troika_order_id
), doubled_noted as (
  insert into order_events (order_id, status, cause) select id, was, 'earlier-attempt-executed' from doubled
), alarmed as (
  insert into operator_events (kind, severity, message, details)
  select 'order.executed-twice-possibly', 'critical',
         format('A send journal remembers that attempt %s of order %s was executed, as order %s of Тройка Бизнес; in the '
           || 'ledger the order is %s. Compare with what else was executed for it, and cancel there what is too many.',
           number, id, coalesce(troika_order_id, '(no id)'), was),
         jsonb_build_object('orderId', id, 'attempt', number, 'troikaOrderId', troika_order_id, 'status', was,
           'knownAs', known_as)
    from doubled
)
select d.id as "orderId", d.number as attempt, case when d.moves then d.target end as "movedTo" from decided d`;

export interface RestoredAttempt {
  readonly orderId: string;
  readonly attempt: number;
  /** Null when the order stays where it is. */
  readonly movedTo: OrderStatus | null;
}

/**
 * Writes attempts into the ledger that it does not know, and moves their orders on by what was known of them. Where the
 * ledger has come to another end and the attempt was paid, an operator event says so.
 *
 * @param attempts at most one per order
 * @returns those that were written; another process may have been first
 */
export async function restoreAttempts(pool: Pool, attempts: readonly RememberedAttempt[]): Promise<RestoredAttempt[]> {
  const column = <T>(pick: (attempt: RememberedAttempt) => T): T[] => attempts.map(pick);
  const { rows } = await pool.query<RestoredAttempt>({
    name: 'restore-attempts',
    text: RESTORE,
    values: [
      column((a) => a.orderId),
      column((a) => a.attempt),
      column((a) => a.begun?.at ?? null),
      column((a) => a.ended?.at ?? null),
      column((a) => a.ended?.outcome ?? 'unknown'),
      column((a) => (a.ended === undefined ? RESTORED : a.ended.reason)),
      column((a) => a.ended?.httpStatus ?? null),
      column((a) => a.ended?.resultCode ?? null),
      column((a) => a.ended?.durationMs ?? null),
      column(targetOf),
      column((a) => cleaned(a.ended?.troikaOrderId)),
      column((a) => cleaned(a.ended?.totalAmount)),
      column((a) => cleaned(a.ended?.troikaUuid)),
      column((a) => a.ended?.isFree === true),
    ],
  });
  return rows;
}

function targetOf({ ended }: RememberedAttempt): OrderStatus | null {
  if (ended === undefined) return 'unknown';
  return ended.status === 'retrying' ? null : ended.status;
}

function cleaned(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : cleanText(text);
}
