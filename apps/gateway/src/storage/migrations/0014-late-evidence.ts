/**
 * Evidence beats decisions: an answer of "paid" that comes when the order was already given up or put back moves it on,
 * and one that comes when it was sent again is on record. An order that only a rule has sent again stays in doubt.
 */
export const lateEvidence = {
  id: '0014-late-evidence',
  sql: `
insert into order_transitions values
  ('retrying', 'confirmed'),
  ('failed',   'confirmed');

-- An earlier attempt may have been executed, and nobody but a rule has said otherwise.
alter table orders add column in_doubt boolean not null default false;

-- What producers hear of is decided by a function, so that it can be extended; what is new here: not of a line that
-- tells operators of an earlier attempt.
alter table order_events alter column type drop expression if exists;
create or replace function order_event_type(status text, cause text, ticket_status text) returns text
  language sql immutable as $$
  select case
    when cause in ('anonymised', 'earlier-attempt-executed') or cause like 'cancel-%' then null
    when ticket_status is not null then nullif('ticket.' || ticket_status, 'ticket.pending')
    when status in ('confirmed', 'rejected', 'unknown', 'failed', 'cancelled') then 'order.' || status
  end
$$;
create or replace function order_events_set_type() returns trigger language plpgsql as $$
begin
  new.type := order_event_type(new.status, new.cause, new.ticket_status);
  return new;
end $$;
create or replace trigger order_events_type before insert on order_events
  for each row execute function order_events_set_type();
`,
};
