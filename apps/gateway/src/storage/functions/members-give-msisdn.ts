import type { DatabaseFunction } from './database-function.js';

/** A holder's new phone is the phone of the holder's cards. */
export const membersGiveMsisdn: DatabaseFunction = {
  name: 'members_give_msisdn',
  definition: `
create or replace function members_give_msisdn() returns trigger language plpgsql as $$
begin
  update cards set holder_msisdn = new.msisdn where member_id = new.id;
  return null;
end $$`,
  trigger: `
create or replace trigger members_msisdn after update of msisdn on members
  for each row when (old.msisdn is distinct from new.msisdn)
  execute function members_give_msisdn()`,
};
