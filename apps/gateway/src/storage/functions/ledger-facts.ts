import type { DatabaseFunction } from './database-function.js';

/**
 * What PostgreSQL is at this moment. Null: the server does not say, and nothing is compared. A restore gives the
 * ledger's tables other oids, also in the same database; a promotion begins another timeline; a copy has another
 * system identifier or another database oid.
 */
export const ledgerFacts: DatabaseFunction = {
  name: 'ledger_facts',
  definition: `
create or replace function ledger_facts() returns jsonb language plpgsql stable as $$
declare
  v_system   text;
  v_timeline text;
begin
  begin
    select c.system_identifier::text into v_system from pg_control_system() c;
  exception when others then
    v_system := null;
  end;
  begin
    v_timeline := ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint::text;
  exception when others then
    begin
      -- Right as well, but only after the checkpoint that follows a promotion.
      select c.timeline_id::text into v_timeline from pg_control_checkpoint() c;
    exception when others then
      v_timeline := null;
    end;
  end;
  return jsonb_build_object(
    'systemIdentifier', v_system,
    'timeline', v_timeline,
    'databaseOid', (select d.oid::text from pg_database d where d.datname = current_database()),
    'tables', concat_ws(' ', to_regclass('orders')::oid, to_regclass('order_attempts')::oid,
                        to_regclass('sending_guard')::oid));
end $$`,
};
