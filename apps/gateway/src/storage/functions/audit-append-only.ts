import type { DatabaseFunction } from './database-function.js';

/**
 * Keeps every entry of the audit as it was written, for any SQL. An entry gets its place in the chain once. Only an erasure
 * may take a reason and whole details out of one, which are what may lead to a person; the salts of their digests go with
 * them, so that no one can try out what they said.
 */
export const auditAppendOnly: DatabaseFunction = {
  name: 'audit_append_only',
  definition: `
create or replace function audit_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if (new.id, new.at, new.who, new.action, new.order_id, new.card_number)
         is not distinct from (old.id, old.at, old.who, old.action, old.order_id, old.card_number) then
      if old.chain_position is null and (new.why, new.details) is not distinct from (old.why, old.details) then
        return new;
      end if;
      if (new.chain_position, new.field_digests, new.chain_hash)
           is not distinct from (old.chain_position, old.field_digests, old.chain_hash)
         and (new.why is null or new.why is not distinct from old.why)
         and not exists (select from jsonb_each(new.details) d where old.details -> d.key is distinct from d.value) then
        new.field_salts := (
          select jsonb_object_agg(s.key, s.value) from jsonb_each(old.field_salts) s
           where case s.key when 'why' then new.why is not null else new.details ? substr(s.key, length('details.') + 1) end);
        return new;
      end if;
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
