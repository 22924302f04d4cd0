/** Decisions that wait for a second person who makes the same one; they count for a day. */
export const proposedDecisions = {
  id: '0037-proposed-decisions',
  sql: `
create table proposed_decisions (
  action text not null,
  subject text not null,
  wanted text not null,
  who text not null,
  proposed_at timestamptz not null default now(),
  primary key (action, subject)
);`,
};
