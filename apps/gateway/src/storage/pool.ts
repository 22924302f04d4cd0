import pg from 'pg';
import { DatabaseClient } from './database-client.js';
import { PooledClient } from './pooled-client.js';
import { SilenceWatch } from './silence-watch.js';
import {
  sessionFaultStatement,
  sessionStatement,
  transactionStatement,
  type PreparedSession,
} from './session-settings.js';

export interface PoolOptions {
  /** A `postgres://` address. */
  readonly url: string;
  readonly size: number;
  /** Called for an idle connection that broke, and for one that became unresponsive; the pool replaces it. */
  readonly onIdleError: (error: Error) => void;
  /** The schemas of every session; unless given, those that the first session has. */
  readonly searchPath?: string;
  /** Given where `url` leads to a pooler that gives each transaction a session of its choice. */
  readonly pooled?: PooledOptions;
}

export interface PooledOptions {
  /** Where the server itself is. */
  readonly directUrl: string;
  /** The schemas of every transaction. */
  readonly searchPath: string;
}

const CONNECT_LIMIT_MS = 5_000;

/**
 * A pool whose every session has our settings, whatever the role, the database or the address says. Nothing is sent as
 * a startup parameter, which a pooler in between would refuse. A connection that falls silent is given up within
 * seconds (see `SilenceWatch`).
 */
export function createPool({ url, size, onIdleError, searchPath, pooled }: PoolOptions): pg.Pool {
  const prepare = pooled === undefined ? sessionPreparer(searchPath) : transactionPreparer(pooled);
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    keepAlive: true,
    application_name: 'vestibule',
    Client: pooled === undefined ? DatabaseClient : PooledClient,
    // The pool waits for what this gives, though its type does not say so.
    onConnect: (client) => {
      watch.add(client as DatabaseClient);
      return prepare(client as DatabaseClient) as unknown as undefined;
    },
  });
  pool.on('error', onIdleError);
  const watch = new SilenceWatch(pool, { url, directUrl: pooled?.directUrl }, onIdleError);
  return pool;
}

function sessionPreparer(searchPath: string | undefined): (client: DatabaseClient) => Promise<void> {
  // A role whose search path is changed while we run must not split the ledger: later sessions look where the first did.
  let path = searchPath;
  return async (client) => {
    const { rows } = await client.query<PreparedSession>(sessionStatement(path));
    const [session] = rows;
    if (session === undefined) throw new Error('PostgreSQL did not say what the session is');
    client.backendPid = session.backendPid;
    path ??= asSearchPath(session.schemas);
  };
}

/** @returns undefined without a schema */
export function asSearchPath(schemas: readonly string[]): string | undefined {
  return schemas.length > 0 ? schemas.map((schema) => pg.escapeIdentifier(schema)).join(', ') : undefined;
}

function transactionPreparer({ searchPath }: PooledOptions): (client: DatabaseClient) => Promise<void> {
  return async (client) => {
    const { rows } = await client.query<{ name: string; value: string }>(sessionFaultStatement());
    if (rows.length > 0) {
      const needed = rows.map(({ name, value }) => `${name} = '${value}'`).join(', ');
      throw new Error(
        `sessions behind the pooler of DATABASE_URL need ${needed}: run ALTER ROLE <user> SET … for each, then RECONNECT in the pooler (docs/operations/poolers.md)`,
      );
    }
    (client as PooledClient).settings = transactionStatement(searchPath);
  };
}
