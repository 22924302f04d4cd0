/**
 * What PostgreSQL was when this ledger was made, whether orders may be sent, and which workers were alive: a ledger that
 * was restored, promoted or copied notices it, and sends nothing until it is known what was sent elsewhere.
 */
export const sendingGuard = {
  id: '0016-sending-guard',
  sql: `
-- What PostgreSQL is at this moment. Null: the server does not tell us, and nothing is compared. A restore gives the
-- ledger's tables other oids, also in the same database; a promotion begins another timeline; a copy has another system
-- identifier or another database oid.
create function ledger_facts() returns jsonb language plpgsql stable as $$
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
end $$;

-- The run of the server: another one after every start of it, wherever it stands.
create function server_run() returns text language sql stable as $$
  select extract(epoch from pg_postmaster_start_time())::text
$$;

-- One row. identity: the facts with which this ledger was last taken for the true one. The claim reads this row and
-- compares: while it is stopped or the facts differ, nothing can be claimed by any process.
create table sending_guard (
  only_row        boolean primary key default true check (only_row),
  identity        jsonb not null,
  identity_since  timestamptz not null default now(),
  state           text not null default 'open' check (state in ('open', 'stopped')),
  since           timestamptz not null default now(),
  reason          text check (reason in ('by-hand', 'ledger-restored', 'ledger-promoted', 'ledger-behind')),
  message         text,
  decided_by      text,
  why             text,
  -- Stopped after a promotion in which nothing is missing so far: it may open by itself.
  may_continue    boolean not null default false,
  -- The last sign of life of any worker before the stop.
  last_beat_at    timestamptz,
  findings        jsonb not null default '{}',
  check ((state = 'stopped') = (reason is not null))
);
insert into sending_guard (identity) values (ledger_facts());

-- Processes that send. beats: how often it has given a sign of life, so that a worker that remembers more than the
-- ledger knows that the ledger went back in time. checked_facts: the facts with which its send journal was compared last.
create table sending_workers (
  id             uuid primary key,
  journal_id     uuid not null,
  host           text not null,
  pid            integer not null,
  started_at     timestamptz not null default now(),
  heartbeat_at   timestamptz not null default now(),
  ended_at       timestamptz,
  beats          bigint not null default 0,
  checked_facts  jsonb,
  checked_at     timestamptz,
  is_clean       boolean not null default false,
  knew_ledger    boolean not null default false,
  report         jsonb not null default '{}',
  held_because   text[] not null default '{}'
);

-- A person says that an order may have been sent from a ledger that is lost.
insert into order_transitions values ('accepted', 'unknown'), ('retrying', 'unknown') on conflict do nothing;
`,
};
