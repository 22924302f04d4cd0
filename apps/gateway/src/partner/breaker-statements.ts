import { statement } from '../storage/statement.js';

/** How long an answer to an order vouches for the partner. Without one, orders go a few at a time until the next. */
const VOUCHED = `interval '10 seconds'`;

/** Whether an answer has come lately and nothing unknown since. The clock of the database may have been set back. */
export const isVouchedFor = (breaker: string): string =>
  `${breaker}.unknowns = 0 and ${breaker}.answered_at between now() - ${VOUCHED} and now() + ${VOUCHED}`;

/** Trials in progress; one that was not ended expires with its lease. */
export const trialsOf = (breaker: string): string =>
  `case when ${breaker}.trials_until < now() then 0 else ${breaker}.trials end`;

/** The most that may be in progress without an answer: what may become unknown until it opens, and always one. */
export const mostTrials = (breaker: string, limit: string): string => `greatest(1, ${limit} - ${breaker}.unknowns)`;

/**
 * $1 this was the probe, $2 the limit of calls that did not get through, $3 the pauses, $4 their spread, $5 one is enough,
 * $6 it was a trial, $7 for how many seconds the partner asked, $8 the outcome is unknown, $9 the limit of those,
 * $10 the reason, $11 what was answered last.
 */
export const NOTE_FAILURE = statement('breaker-failure')`
with judged as (
  select j.*, j.open_until is null as was_closed, j.reason as reason_before,
         case when j.open_until is not null then $1::boolean
              when $8::boolean then $5::boolean or j.unknowns_now >= $9::integer
              else $5::boolean or j.failures_now >= $2::integer end as opens,
         case when j.unknowns_now >= $9::integer then 'unknown-outcomes' else $10::text end as reason_now
    from (select b.*, b.failures + case when $8::boolean then 0 else 1 end as failures_now,
                 b.unknowns + case when $8::boolean then 1 else 0 end as unknowns_now
            from partner_breaker b for update) j
), worded as (
  select j.*, case j.reason_now
           when 'unknown-outcomes' then
             format('%s unknown outcome%s in a row, last: %s', unknowns_now, case when unknowns_now = 1 then '' else 's' end, $11::text)
           when 'partner-unreachable' then format('%s calls in a row did not reach Тройка Бизнес, last: %s', failures_now, $11::text)
           else format('Тройка Бизнес does not take calls, last: %s', $11::text) end as message_now
    from judged j
), noted as (
  update partner_breaker b
     set failures = w.failures_now, unknowns = w.unknowns_now, changed_at = now(),
         trials = greatest(0, w.trials - case when $6::boolean then 1 else 0 end),
         probing = w.probing and not w.opens, openings = w.openings + case when w.opens then 1 else 0 end,
         open_until = case
           when w.opens then now() + interval '1 second'
             * greatest($7::float8, ($3::float8[])[least(w.openings + 1, cardinality($3::float8[]))] * $4::float8)
           when w.open_until is not null and not w.probing then greatest(w.open_until, now() + $7::float8 * interval '1 second')
           else w.open_until end,
         opened_at = case when w.opens then coalesce(w.opened_at, now()) else w.opened_at end,
         reason = case when w.opens then w.reason_now else w.reason end,
         message = case when w.opens or w.reason = w.reason_now then w.message_now else w.message end
    from worded w
  returning b.open_until, b.failures, b.unknowns, w.opens, w.opens and w.was_closed as has_opened, w.reason_now, w.message_now
), reported as (
  insert into operator_events (kind, severity, message, details, closed_at)
  select 'sending.paused', 'critical',
         format('Sending pauses in all processes: %s. Orders are accepted and wait. One order at a time probes; sending '
           || 'continues by itself with the first valid answer.', message_now),
         jsonb_build_object('reason', reason_now, 'last', $11::text, 'unknowns', unknowns, 'failures', failures), null
    from noted where has_opened
  on conflict (kind) where closed_at is null do nothing
)
select (extract(epoch from open_until - now()) * 1000)::float8 as "probeInMs", has_opened as opened, failures, unknowns,
       message_now as message
  from noted`;

/**
 * $1: it was an order that was answered. Only that says that orders are answered; any other answer says that the partner
 * can be reached.
 */
export const NOTE_ANSWER = statement('breaker-answer')`
with before as (
  select b.*, b.open_until is not null and ($1::boolean or b.reason is distinct from 'unknown-outcomes') as closes
    from partner_breaker b where $1::boolean or b.failures > 0 or b.open_until is not null for update
), noted as (
  update partner_breaker b
     set failures = 0, changed_at = now(),
         unknowns = case when $1::boolean then 0 else f.unknowns end,
         trials = case when $1::boolean then 0 else f.trials end,
         answered_at = case when $1::boolean then now() else f.answered_at end,
         openings = case when f.closes and ($1::boolean or f.unknowns = 0) then 0 else f.openings end,
         open_until = case when f.closes then null else f.open_until end,
         probing = f.probing and not f.closes,
         opened_at = case when f.closes then null else f.opened_at end,
         reason = case when f.closes then null else f.reason end,
         message = case when f.closes then null else f.message end
    from before f
  returning f.closes
), reported as (
  update operator_events set closed_at = now()
   where kind = 'sending.paused' and closed_at is null and exists (select from noted where closes)
)
select closes from noted`;

export const TAKE_PROBE = statement('breaker-take-probe')`
update partner_breaker set probing = true, open_until = now() + $1 * interval '1 millisecond'
 where open_until <= now() or open_until > now() + $2 * interval '1 millisecond'`;

export const GIVE_PROBE_BACK = statement(
  'breaker-give-back',
)`update partner_breaker set probing = false, open_until = now() where open_until is not null`;

export const END_TRIAL = statement(
  'breaker-end-trial',
)`update partner_breaker set trials = greatest(0, trials - 1) where trials > 0`;
