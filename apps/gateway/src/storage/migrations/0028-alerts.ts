/** Operator events are pushed: who gets them, and what has not arrived yet. */
export const alerts = {
  id: '0028-alerts',
  sql: `
-- Where alerts go: what processes lately had in ALERT_WEBHOOKS, without the addresses, which may hold tokens. A process that
-- delivers holds the claim until claimed_until. after_event: the newest operator event when it was added.
create table alert_targets (
  name             text primary key,
  form             text not null,
  after_event      bigint not null,
  seen_at          timestamptz not null default now(),
  claim_id         uuid,
  claimed_until    timestamptz not null default '-infinity',
  not_before       timestamptz not null default '-infinity',
  failures         integer not null default 0,
  failing_since    timestamptz,
  last_success_at  timestamptz,
  last_failure_at  timestamptz,
  last_failure     text
);

-- The outbox: an alert that a target has not taken. In the order of their ids; what was delivered is deleted. Moments of one
-- kind go together, with the one in together_with.
create table alert_deliveries (
  id             bigint generated always as identity primary key,
  target         text not null,
  event_id       bigint not null references operator_events (id) on delete cascade,
  phase          text not null check (phase in ('opened', 'closed')),
  created_at     timestamptz not null default now(),
  together_with  bigint,
  unique (event_id, phase, target)
);
create index alert_deliveries_of_target on alert_deliveries (target, id);
`,
};
