/** The last check before going live, for operators: the conformance kit against the own public address. */
export const goLiveRuns = {
  id: '0047-go-live-runs',
  olderMayRun: true as const,
  sql: `
create table go_live_runs (
  id           uuid primary key default gen_random_uuid(),
  address      text not null,
  started_by   text not null,
  started_at   timestamptz not null default now(),
  -- The process that makes it says so again and again; one that has not for long has ended.
  seen_at      timestamptz not null default now(),
  finished_at  timestamptz,
  total        integer not null,
  results      jsonb not null default '[]',
  failure      text
);
-- One at a time, whichever process makes it.
create unique index go_live_runs_one on go_live_runs ((true)) where finished_at is null;
`,
};
