import type pg from 'pg';
import type { AuditAction } from '../../../audit/action.js';
import type { Actor } from '../../../audit/actor.js';
import { statement } from '../../../storage/statement.js';

/** How a person lets orders be sent again. */
export interface Resumption {
  /**
   * Until when orders may have been sent that this ledger does not know of; RFC 3339. Absent: the person declares that
   * nothing was sent elsewhere.
   */
  readonly sentUntil: string | undefined;
}

export type ResumeOutcome =
  | { readonly kind: 'resumed'; readonly madeUnknown: number }
  /** It was open, and the ledger is the one it was: nothing is changed. */
  | { readonly kind: 'was-open' }
  /** `sentUntil` lies in the future of the database's clock. */
  | { readonly kind: 'not-yet' };

const RESUME_ACTION: AuditAction = 'sending.resume';

/** What a stop has begun is over with it. */
const CLOSE_EVENTS = `
  update operator_events set closed_at = now()
   where kind in ('sending.stopped', 'ledger.restored', 'ledger.promoted', 'ledger.behind') and closed_at is null`;

/**
 * Trials and a probe that the ledger counts as under way are of before the stop, maybe of another ledger: no one will report
 * how they ended, and new ones need not wait until their leases would be over.
 */
const END_TRIALS = `
  update partner_breaker set trials = 0, probing = false, open_until = case when probing then now() else open_until end
   where (trials > 0 or probing)`;

const RESUME = statement('resume-sending')`
with given as (
  select $3::timestamptz as sent_until where $3::timestamptz is null or $3::timestamptz <= clock_timestamp() + interval '2 seconds'
), before as (
  select g.* from sending_guard g, given for update of g
), resumed as (
  update sending_guard g
     set state = 'open', since = now(), reason = null, message = null, decided_by = $1, why = $2, may_continue = false,
         last_beat_at = null, findings = '{}', identity = ledger_facts(), identity_since = clock_timestamp()
    from before b
   where b.state = 'stopped' or b.identity <> ledger_facts()
  returning b.reason, b.since, b.findings, b.identity as was, g.identity as now_is
), doubted as (
  update orders o set status = 'unknown', updated_at = now(), lease_expires_at = null, generation = o.generation + 1
    from given, resumed
   where o.status in ('accepted', 'retrying') and o.created_at <= given.sent_until
  returning o.id
), noted as (
  insert into order_events (order_id, status, cause) select id, 'unknown', 'ledger-restored' from doubted
), audited as (
  insert into audit (who, action, why, details)
  select $1, '${RESUME_ACTION}', $2,
         jsonb_build_object('sentUntil', $3::timestamptz, 'orders', (select count(*) from doubted), 'reason', r.reason,
           'since', r.since, 'findings', r.findings, 'identityWas', r.was, 'identity', r.now_is)
    from resumed r
), ended as (${END_TRIALS} and exists (select from resumed)
), closed as (${CLOSE_EVENTS} and exists (select from resumed)
), reported as (
  insert into operator_events (kind, severity, message, details)
  select 'sending.resumed', 'info',
         format('%s has let sending continue: %s. Orders that are unknown now instead of being sent: %s.',
           $1::text, $2::text, (select count(*) from doubted)),
         jsonb_build_object('who', $1::text, 'why', $2::text, 'sentUntil', $3::timestamptz,
           'orders', (select count(*) from doubted))
    from resumed
)
select (select count(*) from given)::int as given, (select count(*) from resumed)::int as resumed,
       (select count(*) from doubted)::int as "madeUnknown"`;

/**
 * A person lets sending continue, in all processes, and takes this ledger for the true one. With `sentUntil` every order that
 * waits and was accepted until then becomes `unknown` (cause `ledger-restored`) in the same statement: it may have been
 * bought from the ledger that is lost, and people decide about each.
 */
export async function resumeSending(
  pool: pg.Pool,
  { sentUntil }: Resumption,
  { who, why }: Actor,
): Promise<ResumeOutcome> {
  const { rows } = await pool.query<{ given: number; resumed: number; madeUnknown: number }>({
    ...RESUME,
    values: [who, why ?? null, sentUntil ?? null],
  });
  const [row] = rows;
  if (row === undefined || row.given === 0) return { kind: 'not-yet' };
  return row.resumed === 0 ? { kind: 'was-open' } : { kind: 'resumed', madeUnknown: row.madeUnknown };
}

const CONTINUE = statement('continue-sending')`
with continued as (
  update sending_guard g
     set state = 'open', since = now(), reason = null, message = null, decided_by = null, why = null, may_continue = false,
         last_beat_at = null, findings = '{}', identity = ledger_facts(), identity_since = clock_timestamp()
   where g.state = 'stopped' and g.may_continue
     and not exists (
       select from sending_workers w
        where w.ended_at is null and w.heartbeat_at > g.last_beat_at - $1 * interval '1 second'
          and not exists (
            select from sending_workers c
             where c.journal_id = w.journal_id and c.is_clean and c.checked_facts = ledger_facts()))
     and exists (
       select from sending_workers c where c.knew_ledger and c.is_clean and c.checked_facts = ledger_facts())
  returning g.identity_since
), ended as (${END_TRIALS} and exists (select from continued)
), closed as (${CLOSE_EVENTS} and exists (select from continued)
), reported as (
  insert into operator_events (kind, severity, message, details)
  select 'sending.resumed', 'info',
         'Sending continues by itself: every worker that was alive has compared its send journal with the ledger, and nothing is missing.',
         jsonb_build_object('identitySince', identity_since)
    from continued
)
select count(*)::int as changed from continued`;

/** A worker that was silent for longer than this before the ledger changed does not count as alive then. */
const ALIVE_SECS = 60;

/**
 * Resumes sending that was stopped because of a promotion, when every worker that was alive has compared its send
 * journal with the ledger, nothing was missing, and one of them knew this ledger before: a copy elsewhere has no such
 * worker.
 */
export async function continueSending(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ changed: number }>({
    ...CONTINUE,
    values: [ALIVE_SECS],
  });
  return rows[0]?.changed === 1;
}
