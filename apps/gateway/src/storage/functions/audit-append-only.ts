import type { DatabaseFunction } from './database-function.js';

/**
 * Keeps every entry of the audit as it was written, for any SQL. Only an erasure may take a reason and details out of one:
 * they are what may lead to a person.
 */
export const auditAppendOnly: DatabaseFunction = {
  name: 'audit_append_only',
  definition: `
create or replace function audit_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if (new.id, new.at, new.who, new.action, new.order_id, new.card_number)
         is not distinct from (old.id, old.at, old.who, old.action, old.order_id, old.card_number)
       and (new.why is null or new.why is not distinct from old.why) and old.details @> new.details then
      return new;
    end if;
  end if;
  raise exception 'the audit is append-only: % is refused', lower(tg_op) using errcode = 'insufficient_privilege';
end $$`,
  trigger: `
create or replace trigger audit_append_only before update or delete on audit
  for each row execute function audit_append_only();
create or replace trigger audit_stays before truncate on audit
  for each statement execute function audit_append_only()`,
};
