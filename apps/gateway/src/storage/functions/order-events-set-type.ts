import type { DatabaseFunction } from './database-function.js';

/** Gives each event its type for producers. */
export const orderEventsSetType: DatabaseFunction = {
  name: 'order_events_set_type',
  definition: `
create or replace function order_events_set_type() returns trigger language plpgsql as $$
begin
  new.type := order_event_type(new.status, new.cause, new.ticket_status);
  return new;
end $$`,
  trigger: `
create or replace trigger order_events_type before insert on order_events
  for each row execute function order_events_set_type()`,
};
