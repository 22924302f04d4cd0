import type { DatabaseFunction } from './database-function.js';

/** Personal data are erased from the callbacks of an order by the statement that erases them from the order (152-ФЗ). */
export const anonymiseCallbacks: DatabaseFunction = {
  name: 'anonymise_callbacks',
  definition: `
create or replace function anonymise_callbacks() returns trigger language plpgsql as $$
begin
  -- In the order of its events, as the one who settles a callback and moves the next one on.
  perform from callback_deliveries where order_id = new.id order by event_id for update;
  update callback_deliveries d
     set metadata = null,
         snapshot = d.snapshot || jsonb_build_object('resultMessage', null, 'tickets',
           (select coalesce(jsonb_agg(ticket || jsonb_build_object('cardNumber',
                to_jsonb(mask_card_number(ticket ->> 'cardNumber'))) order by position), '[]')
              from jsonb_array_elements(d.snapshot -> 'tickets') with ordinality as t (ticket, position)))
   where d.order_id = new.id;
  return null;
end $$`,
  trigger: `
create or replace trigger orders_anonymise_callbacks after update of anonymised_at on orders
  for each row when (old.anonymised_at is null and new.anonymised_at is not null)
  execute function anonymise_callbacks()`,
};
