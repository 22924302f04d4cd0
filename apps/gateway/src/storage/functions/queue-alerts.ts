import type { DatabaseFunction } from './database-function.js';

/**
 * Makes alerts part of the operator event that they report: every statement that writes one of severity warning or
 * critical, or ends one, also writes an alert for each target. It waits for no one: it only reads the targets and inserts.
 * A target that is younger than an event does not hear of its end.
 */
export const queueAlerts: DatabaseFunction = {
  name: 'queue_alerts',
  definition: `
create or replace function queue_alerts() returns trigger language plpgsql as $$
begin
  if new.severity = 'info' or new.details ->> 'alerted' = 'directly' then
    return null;
  end if;
  if tg_op = 'INSERT' then
    insert into alert_deliveries (target, event_id, phase) select t.name, new.id, 'opened' from alert_targets t;
  elsif old.closed_at is null and new.closed_at is not null then
    insert into alert_deliveries (target, event_id, phase)
    select t.name, new.id, 'closed' from alert_targets t where t.after_event < new.id;
  end if;
  return null;
end $$`,
  trigger: `
create or replace trigger operator_events_alerts after insert or update of closed_at on operator_events
  for each row execute function queue_alerts()`,
};
