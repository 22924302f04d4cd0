/**
 * What went on in each minute, for the console: how many calls came or were made, how many failed, and how long they took. A
 * company may have no Prometheus. One row for each class of durations that a minute has; every process adds to it.
 */
export const minuteFigures = {
  id: '0046-minute-figures',
  sql: `
create table minute_figures (
  minute     timestamptz not null,
  direction  text not null check (direction in ('koshelek', 'troika')),
  -- The class of durations, as duration-class.ts has it.
  class      smallint not null,
  calls      integer not null,
  failed     integer not null,
  primary key (minute, direction, class)
) with (fillfactor = 70);
`,
  olderMayRun: true as const,
};
