import type { DatabaseFunction } from './database-function.js';

/**
 * Null while the hours are open, or where there are none; otherwise since when they are not. Hours that close before they
 * open go past midnight.
 */
export const outsideWindowSince: DatabaseFunction = {
  name: 'outside_window_since',
  definition: `
create or replace function outside_window_since(opens time, closes time, zone text, at timestamptz) returns timestamptz
language sql stable as $$
  select case when not case when opens < closes then here::time >= opens and here::time < closes
                            else here::time >= opens or here::time < closes end
              then (date_trunc('day', here) + closes - case when here::time >= closes then interval '0' else interval '1 day' end)
                   at time zone zone end
    from (select at at time zone zone as here) h
   where opens is not null
$$`,
};
