/**
 * What the ledger knows of the send journals: how far each has been compared with it. It stands in the ledger so that it
 * goes back in time with it: what a restored ledger does not know any more is then compared again.
 */
export const sendJournal = {
  id: '0017-send-journal',
  sql: `
-- A journal is written by one start of one process.
create table send_journals (
  journal          uuid primary key,
  host             text,
  -- The process counts its beats and notes in the journal which of them was committed here: a ledger that remembers an
  -- earlier one only has gone back in time.
  beat             integer not null default 0,
  beat_at          timestamptz not null default now(),
  -- Every attempt up to here is known: the number of the line, the segment it is in, and the bytes behind it.
  seq              bigint not null default 0,
  segment          bigint not null default 0,
  bytes            bigint not null default 0,
  -- When the last attempt up to here began.
  last_attempt_at  timestamptz
);

-- One row: the identity of this ledger, the same after a restore.
create table send_journal_ledger (
  only_row   boolean primary key default true check (only_row),
  ledger_id  uuid not null default gen_random_uuid()
);
insert into send_journal_ledger default values;

-- What was found in a journal and told to the operators, so that each is told once.
create table send_journal_findings (
  key  text primary key,
  at   timestamptz not null default now()
);
`,
};
