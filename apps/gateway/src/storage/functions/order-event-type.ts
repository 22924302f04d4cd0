import type { DatabaseFunction } from './database-function.js';

/** The type of an event for producers; null: producers do not get it. */
export const orderEventType: DatabaseFunction = {
  name: 'order_event_type',
  definition: `
create or replace function order_event_type(status text, cause text, ticket_status text) returns text
  language sql immutable as $$
  select case
    when cause in ('anonymised', 'earlier-attempt-executed') or cause like 'cancel-%' then null
    when ticket_status is not null then nullif('ticket.' || ticket_status, 'ticket.pending')
    when status in ('confirmed', 'rejected', 'unknown', 'failed', 'cancelled') then 'order.' || status
  end
$$`,
};
