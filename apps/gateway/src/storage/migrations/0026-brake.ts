/**
 * What lets orders wait although nothing is lost: outcomes that no one knows, the hours in which nothing is sent, and a
 * person; when each began and ended.
 */
export const brake = {
  id: '0026-brake',
  sql: `
-- unknowns: outcomes of orders in a row that no one knows, until a valid answer to an order. trials: orders under way while
-- no answer has come lately, until trials_until at the latest. answered_at: the last valid answer to an order, give or
-- take some seconds. opened_at, reason, message: since when and why it is open.
alter table partner_breaker
  add column unknowns      integer not null default 0,
  add column trials        integer not null default 0,
  add column trials_until  timestamptz not null default '-infinity',
  add column answered_at   timestamptz not null default '-infinity',
  add column opened_at     timestamptz,
  add column reason        text check (reason in ('partner-unreachable', 'partner-refuses', 'unknown-outcomes')),
  add column message       text;
update partner_breaker
   set opened_at = changed_at, reason = 'partner-unreachable', message = 'Calls in a row did not reach Тройка Бизнес.'
 where open_until is not null;

-- The hours in which orders are sent, by the clock of a time zone; null: at any time.
alter table sending_hold
  add column window_opens   time,
  add column window_closes  time,
  add column window_zone    text,
  add check ((window_opens is null) = (window_closes is null) and (window_opens is null) = (window_zone is null));

-- What is the case for a time has no end yet; what only happened is over at once. One at a time of each kind.
alter table operator_events add column closed_at timestamptz;
update operator_events set closed_at = at;
alter table operator_events alter column closed_at set default now();
create unique index operator_events_open on operator_events (kind) where closed_at is null;
`,
};
