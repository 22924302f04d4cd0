import pg, { type Pool, type PoolClient } from 'pg';

/** So many times both connections are asked: another client of the pooler may come between two questions. */
const ROUNDS = 5;

/**
 * Whether a pooler on the way gives a session to another client between two statements (PgBouncer's modes `transaction`
 * and `statement`). What a session is set to, its prepared statements, its locks and what it listens to are then lost,
 * or belong to another client.
 *
 * A pooler gives its clients process ids of its own. Where it lends the same process of the server to two connections
 * that are open at once, it does not keep sessions apart.
 */
export async function losesSessions(pool: Pool): Promise<boolean> {
  const first = await pool.connect();
  try {
    if ((first as unknown as { processID: number }).processID === (await pidOf(first))) return false;
    return await areShared(first, pool);
  } finally {
    first.release(true);
  }
}

async function areShared(first: PoolClient, pool: Pool): Promise<boolean> {
  const second = await pool.connect();
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const pid = await pidOf(first);
      await second.query('begin');
      const other = await pidOf(second);
      const again = await pidOf(first);
      await second.query('rollback');
      if (other === pid || again !== pid) return true;
    }
    return false;
  } catch (error) {
    // The mode `statement` refuses a transaction as a whole (a violation of its protocol).
    if (error instanceof pg.DatabaseError && error.code === '08P01') return true;
    throw error;
  } finally {
    second.release(true);
  }
}

async function pidOf(client: PoolClient): Promise<number | undefined> {
  return (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
}

/** For a person: what is wrong, and what to do. */
export const SESSIONS_ARE_LOST =
  'DATABASE_URL leads through a pooler that does not keep sessions (PgBouncer with pool_mode = transaction or statement): durability, time limits, locks, prepared statements and LISTEN need one. Set pool_mode = session for this database, or let DATABASE_URL lead to PostgreSQL itself (docs/operations/poolers.md)';
