import type { DatabaseFunction } from './database-function.js';

/**
 * A confirmed order gets its track, so that no way to `confirmed` – an answer, a late answer, a person's decision –
 * can leave it out. The one who confirms it says in `due_at` when it is looked at first.
 */
export const ordersStartTrack: DatabaseFunction = {
  name: 'orders_start_track',
  definition: `
create or replace function orders_start_track() returns trigger language plpgsql as $$
begin
  insert into order_tracks (order_id, due_at) values (new.id, greatest(new.due_at, now())) on conflict do nothing;
  return null;
end $$`,
  trigger: `
create or replace trigger orders_track after update of status on orders
  for each row when (new.status = 'confirmed' and old.status <> 'confirmed' and new.troika_order_id is not null)
  execute function orders_start_track()`,
};
