import pg from 'pg';
import { DatabaseClient } from './database-client.js';
import { sessionStatement } from './session-settings.js';

export interface PoolOptions {
  /** A `postgres://` address. */
  readonly url: string;
  readonly size: number;
  /** Hears of an idle connection that broke; the pool replaces it by itself. */
  readonly onIdleError: (error: Error) => void;
  /** The schemas of every session; those of the role unless given. */
  readonly searchPath?: string;
}

const CONNECT_LIMIT_MS = 5_000;

/**
 * A pool whose every session has our settings, whatever the role, the database or the address says. Nothing is sent as
 * a startup parameter, which a pooler in between would refuse.
 */
export function createPool({ url, size, onIdleError, searchPath }: PoolOptions): pg.Pool {
  // The pool waits for what this gives, though its type does not say so.
  const prepare = async (client: pg.ClientBase): Promise<void> => {
    const { rows } = await client.query<{ backendPid: number }>(sessionStatement(searchPath));
    (client as DatabaseClient).backendPid = rows[0]?.backendPid;
  };
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    keepAlive: true,
    application_name: 'vestibule',
    Client: DatabaseClient,
    onConnect: (client) => prepare(client) as unknown as undefined,
  });
  pool.on('error', onIdleError);
  return pool;
}
