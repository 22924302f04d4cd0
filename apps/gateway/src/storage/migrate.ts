import type { Pool } from 'pg';
import { MIGRATIONS } from './migrations/index.js';

/** Any number that is ours alone in the database: processes that start together queue up behind it. */
const LOCK_KEY = 7_305_117_215;

/**
 * Brings the database to the present schema, forward only, each migration in a transaction of its own.
 * Many processes may call it at once: one migrates, the others wait for it and find nothing to do.
 *
 * @returns the ids of the migrations that ran now
 */
export async function migrate(pool: Pool): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    await client.query(
      'create table if not exists schema_migrations (id text primary key, at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ id: string }>('select id from schema_migrations');
    const done = new Set(rows.map(({ id }) => id));
    const ran: string[] = [];
    for (const { id, sql } of MIGRATIONS) {
      if (done.has(id)) continue;
      await client.query('begin');
      await client.query(sql);
      await client.query('insert into schema_migrations (id) values ($1)', [id]);
      await client.query('commit');
      ran.push(id);
    }
    await client.query('select pg_advisory_unlock($1)', [LOCK_KEY]);
    client.release();
    return ran;
  } catch (error) {
    // Closing the connection rolls back and gives the lock up, whatever state it is in.
    client.release(true);
    throw error;
  }
}
