/**
 * What operators see of the loyalty side: imports and their rejected lines, failed logins by address, and the circuit breaker for
 * the company's own system as each process has it.
 */
export const loyaltySeen = {
  id: '0047-loyalty-seen',
  olderMayRun: true as const,
  sql: `
create table imports (
  id          bigint generated always as identity primary key,
  kind        text not null,
  who         text not null,
  began_by    text not null check (began_by in ('call', 'command')),
  began_at    timestamptz not null default now(),
  seen_at     timestamptz not null default now(),
  ended_at    timestamptz,
  outcome     text check (outcome in ('done', 'failed', 'stopped')),
  lines       bigint not null default 0,
  created     bigint not null default 0,
  changed     bigint not null default 0,
  unchanged   bigint not null default 0,
  rejected    bigint not null default 0,
  check ((ended_at is null) = (outcome is null))
);
create table import_rejections (
  import_id  bigint not null references imports on delete cascade,
  line       bigint not null,
  field      text not null,
  reason     text not null
);
create index import_rejections_import on import_rejections (import_id, line);

create table failed_logins (
  hour      timestamptz not null,
  listener  text not null check (listener in ('public', 'internal')),
  address   text not null,
  failures  bigint not null,
  slowed    bigint not null,
  last_at   timestamptz not null,
  primary key (hour, listener, address)
);

create table own_system_breakers (
  process   uuid primary key,
  host      text not null,
  state     text not null,
  since     timestamptz not null,
  seen_at   timestamptz not null default now()
);
`,
};
