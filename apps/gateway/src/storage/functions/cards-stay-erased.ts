import type { DatabaseFunction } from './database-function.js';

/** A card whose holder was erased is never given to another. */
export const cardsStayErased: DatabaseFunction = {
  name: 'cards_stay_erased',
  definition: `
create or replace function cards_stay_erased() returns trigger language plpgsql as $$
begin
  raise exception 'the holder of this card was erased: it is never given to another' using errcode = 'check_violation';
end $$`,
  trigger: `
create or replace trigger cards_stay_erased before update of member_id, erased_at on cards
  for each row when (old.erased_at is not null and new.erased_at is distinct from old.erased_at)
  execute function cards_stay_erased()`,
};
