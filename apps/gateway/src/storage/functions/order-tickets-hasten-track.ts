import type { DatabaseFunction } from './database-function.js';

/**
 * Tracks a refund that has begun, by a cancellation or by the partner. A track that had ended continues. A poll in
 * progress decides when the order is polled next.
 */
export const orderTicketsHastenTrack: DatabaseFunction = {
  name: 'order_tickets_hasten_track',
  definition: `
create or replace function order_tickets_hasten_track() returns trigger language plpgsql as $$
begin
  update order_tracks
     set step = 0, due_at = case when is_leased then due_at else least(due_at, now()) end,
         since = case when ended is null then since else now() end, ended = null, reported_at = null
   where order_id = new.order_id;
  return null;
end $$`,
  trigger: `
create or replace trigger order_tickets_track after insert or update of status on order_tickets
  for each row when (new.status = 'refund-initiated') execute function order_tickets_hasten_track()`,
};
