/**
 * What cancelling at the partner and reading the state of tickets need beyond the tickets themselves.
 *
 * The history gets steps that say who asked for what and what was answered. Producers are not told of them, although the
 * order's state stands in them: which steps have a type is from now on a function, so that it can go on changing.
 */
export const cancellations = {
  id: '0013-cancellations',
  sql: `
alter table orders
  -- When the reading was asked for that changed the tickets last: one that was asked for before tells nothing new.
  add column tickets_read_at timestamptz,
  -- app_get_order wants one beside the id; sent when the answer to app_create_order carried one.
  add column troika_uuid text;

-- Each cancellation that was asked of the partner. Like an attempt to send, it is on disk before its first byte leaves;
-- of one order one at a time is under way. ticket_id: null when it is for the whole order.
create table cancellations (
  id                bigint generated always as identity primary key,
  order_id          uuid not null references orders (id) on delete cascade,
  ticket_id         text,
  who               text not null,
  started_at        timestamptz not null default now(),
  lease_expires_at  timestamptz not null,
  sent_at           timestamptz,
  ended_at          timestamptz,
  outcome           text check (outcome in ('accepted', 'refused', 'not-sent', 'unknown')),
  reason            text,
  result_code       bigint,
  result_message    text,
  retry_after_secs  integer,
  check (ended_at is null or outcome is not null)
);
create unique index cancellations_under_way on cancellations (order_id) where ended_at is null;
create index cancellations_order on cancellations (order_id, id);

alter table order_events
  -- The name of the API key, where somebody asked for the step; and the partner's words, personal data masked.
  add column who text,
  add column detail text;

create function order_event_type(status text, cause text, ticket_status text) returns text language sql immutable as $$
  select case
    when cause = 'anonymised' or cause like 'cancel-%' then null
    when ticket_status is not null then nullif('ticket.' || ticket_status, 'ticket.pending')
    when status in ('confirmed', 'rejected', 'unknown', 'failed', 'cancelled') then 'order.' || status
  end
$$;
alter table order_events alter column type drop expression;
create function order_events_set_type() returns trigger language plpgsql as $$
begin
  new.type := order_event_type(new.status, new.cause, new.ticket_status);
  return new;
end $$;
create trigger order_events_type before insert on order_events
  for each row execute function order_events_set_type();
`,
};
