/**
 * The last calls of Кошелёк, for operators. Unlogged: a crash may empty it, and writing costs no WAL. A call takes the
 * place of the oldest one; no index but the place's, so that this changes no index.
 */
export const loyaltyCalls = {
  id: '0029-loyalty-calls',
  sql: `
create unlogged table loyalty_calls (
  slot         integer primary key,
  id           bigint not null,
  at           timestamptz not null,
  request_id   text not null,
  method       text not null,
  code         text not null,
  http_status  integer not null,
  duration_ms  double precision not null,
  -- masked
  card         text
) with (fillfactor = 50);
create sequence loyalty_calls_id;
`,
};
