import { randomInt } from 'node:crypto';
import pg from 'pg';
import { DatabaseClient } from './database-client.js';

/** What a pooler on the way gives a session to; without a pooler it is the connection. */
export type SessionOwner = 'connection' | 'transaction' | 'statement';

/** So many times both connections are asked: another client of the pooler may come between two questions. */
const ROUNDS = 5;
const CONNECT_LIMIT_MS = 5_000;

/**
 * Whether a pooler on the way gives a session to another client between two transactions or statements (PgBouncer's
 * modes `transaction` and `statement`). What a session is set to, its prepared statements, its locks and what it listens
 * to are then lost, or belong to another client.
 *
 * A pooler gives its clients process ids of its own. Where it lends the same process of the server to two connections
 * that are open at once, it does not keep sessions apart.
 */
export async function sessionOwnerAt(url: string): Promise<SessionOwner> {
  return await withClient(url, async (first) => {
    if ((first as unknown as { processID: number }).processID === (await pidOf(first))) return 'connection';
    return await withClient(url, (second) => compare(first, second));
  });
}

async function compare(first: pg.Client, second: pg.Client): Promise<SessionOwner> {
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const pid = await pidOf(first);
      await second.query('begin');
      const other = await pidOf(second);
      // Of a pooler with one session, that one is taken now.
      if (other === pid) return 'transaction';
      const again = await pidOf(first);
      await second.query('rollback');
      if (again !== pid) return 'transaction';
    }
    return 'connection';
  } catch (error) {
    // The mode `statement` refuses a transaction as a whole (a violation of its protocol).
    if (error instanceof pg.DatabaseError && error.code === '08P01') return 'statement';
    throw error;
  }
}

/** Whether both addresses lead to one database: an advisory lock over the one is met over the other. */
export async function leadToOneDatabase(directUrl: string, url: string): Promise<boolean> {
  const key = randomInt(2 ** 47);
  return await withClient(directUrl, async (direct) => {
    await direct.query('select pg_advisory_lock($1)', [key]);
    return await withClient(url, async (pooled) => {
      const { rows } = await pooled.query<{ isFree: boolean }>('select pg_try_advisory_xact_lock($1) as "isFree"', [
        key,
      ]);
      return rows[0]?.isFree === false;
    });
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new DatabaseClient({
    connectionString: url,
    application_name: 'vestibule',
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
  });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function pidOf(client: pg.Client): Promise<number | undefined> {
  return (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
}
