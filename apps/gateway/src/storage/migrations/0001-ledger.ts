/**
 * The ledger of orders: the only truth about what was accepted, sent and answered.
 * `body` is `json`, not `jsonb`: the producer's key order must survive, because the bytes sent are made of it.
 */
export const ledger = {
  id: '0001-ledger',
  sql: `
create table orders (
  id                uuid primary key,
  api_key_name      text not null,
  idempotency_key   text not null,
  request_hash      bytea not null,
  status            text not null default 'accepted',
  reference         text,
  body              json not null,
  callback_url      text,
  metadata          json,
  generation        integer not null default 0,
  attempts          integer not null default 0,
  due_at            timestamptz not null default now(),
  lease_expires_at  timestamptz,
  troika_order_id   text,
  total_amount      text,
  result_code       integer,
  result_message    text,
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now(),
  constraint orders_idempotency unique (api_key_name, idempotency_key)
);
create index orders_due on orders (due_at) where status in ('accepted', 'retrying');
create index orders_lease on orders (lease_expires_at) where status = 'sending';

create table order_attempts (
  order_id        uuid not null references orders (id) on delete cascade,
  number          integer not null,
  started_at      timestamptz not null default now(),
  ended_at        timestamptz,
  outcome         text,
  reason          text,
  http_status     integer,
  result_code     integer,
  result_message  text,
  duration_ms     integer,
  key_id          text,
  primary key (order_id, number)
);

create table order_events (
  order_id  uuid not null references orders (id) on delete cascade,
  id        bigint generated always as identity,
  at        timestamptz not null default now(),
  status    text not null,
  cause     text not null,
  primary key (order_id, id)
);

-- Which change of state may ever happen. The trigger makes any other one impossible, whoever writes the SQL.
create table order_transitions (
  from_status text not null,
  to_status   text not null,
  primary key (from_status, to_status)
);
insert into order_transitions values
  ('accepted',  'sending'),
  ('accepted',  'cancelled'),
  ('sending',   'confirmed'),
  ('sending',   'rejected'),
  ('sending',   'retrying'),
  ('sending',   'failed'),
  ('sending',   'unknown'),
  ('retrying',  'sending'),
  ('retrying',  'failed'),
  ('retrying',  'cancelled'),
  ('unknown',   'confirmed'),
  ('unknown',   'rejected'),
  ('unknown',   'retrying'),
  ('unknown',   'failed'),
  ('failed',    'retrying'),
  ('rejected',  'retrying'),
  ('confirmed', 'cancelled');

create function orders_refuse_illegal_transition() returns trigger language plpgsql as $$
begin
  if not exists (
    select from order_transitions where from_status = old.status and to_status = new.status
  ) then
    raise exception 'order % cannot go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger orders_transition before update of status on orders
  for each row when (old.status is distinct from new.status)
  execute function orders_refuse_illegal_transition();
`,
};
