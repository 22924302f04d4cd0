import type { DatabaseFunction } from './database-function.js';

/**
 * A card repeats the phone of its holder, so that a search by phone is one step into one index. It locks the member, so
 * that a card created while its holder's phone changes has the new one, in any order of the commits.
 */
export const cardsTakeHolderMsisdn: DatabaseFunction = {
  name: 'cards_take_holder_msisdn',
  definition: `
create or replace function cards_take_holder_msisdn() returns trigger language plpgsql as $$
begin
  select msisdn into new.holder_msisdn from members where id = new.member_id for key share;
  return new;
end $$`,
  trigger: `
create or replace trigger cards_holder_msisdn before insert or update of member_id, holder_msisdn on cards
  for each row execute function cards_take_holder_msisdn()`,
};
