import type { DatabaseFunction } from './database-function.js';

/** The run of the server: another one after every start of it, wherever it stands. */
export const serverRun: DatabaseFunction = {
  name: 'server_run',
  definition: `
create or replace function server_run() returns text language sql stable as $$
  select extract(epoch from pg_postmaster_start_time())::text
$$`,
};
