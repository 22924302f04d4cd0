import pg from 'pg';
import { DatabaseClient } from './database-client.js';
import { SilenceWatch } from './silence-watch.js';
import { sessionStatement, type PreparedSession } from './session-settings.js';

export interface PoolOptions {
  /** A `postgres://` address. */
  readonly url: string;
  readonly size: number;
  /** Called for an idle connection that broke, and for one that became unresponsive; the pool replaces it. */
  readonly onIdleError: (error: Error) => void;
  /** The schemas of every session; unless given, those that the first session has. */
  readonly searchPath?: string;
}

const CONNECT_LIMIT_MS = 5_000;

/**
 * A pool whose every session has our settings, whatever the role, the database or the address says. Nothing is sent as
 * a startup parameter, which a pooler in between would refuse. A connection that falls silent is given up within
 * seconds (see `SilenceWatch`).
 */
export function createPool({ url, size, onIdleError, searchPath }: PoolOptions): pg.Pool {
  // A role whose search path is changed while we run must not split the ledger: later sessions look where the first did.
  let path = searchPath;
  // The pool waits for what this gives, though its type does not say so.
  const prepare = async (client: pg.ClientBase): Promise<void> => {
    watch.add(client as DatabaseClient);
    const { rows } = await client.query<PreparedSession>(sessionStatement(path));
    const [session] = rows;
    if (session === undefined) throw new Error('PostgreSQL did not say what the session is');
    (client as DatabaseClient).backendPid = session.backendPid;
    if (session.schemas.length > 0) path ??= session.schemas.map((schema) => pg.escapeIdentifier(schema)).join(', ');
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
  const watch = new SilenceWatch(pool, url, onIdleError);
  return pool;
}
