import pg from 'pg';

export interface PoolOptions {
  /** A `postgres://` address. */
  readonly url: string;
  readonly size: number;
  /** Hears of an idle connection that broke; the pool replaces it by itself. */
  readonly onIdleError: (error: Error) => void;
}

/**
 * The one pool of a process. A statement may take 30 s and a connection 5 s to come, so that a database that hangs
 * becomes an error a caller can be told about.
 */
export function createPool({ url, size, onIdleError }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    keepAlive: true,
    application_name: 'vestibule',
  });
  pool.on('error', onIdleError);
  return pool;
}
