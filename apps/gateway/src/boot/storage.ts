import type pg from 'pg';
import type { Config } from '../config/config.js';
import { describeError, type Logger } from '../core/logger.js';
import { MOST_IMPORTS } from '../loyalty/import/import-limits.js';
import { startEmbeddedPostgres } from '../storage/embedded/embedded-postgres.js';
import { migrate } from '../storage/migrate.js';
import { asSearchPath, createPool, type PooledOptions, type PoolOptions } from '../storage/pool.js';
import type { Closers } from './closers.js';
import { findPooler } from './pooler.js';

/** The database of a process. */
export interface Storage {
  readonly pool: pg.Pool;
  /** Where the connections of `pool` lead. */
  readonly url: string;
  /** Where a connection keeps its session: past a pooler that does not, otherwise as `pool`. */
  readonly direct: { readonly pool: pg.Pool; readonly url: string };
  /** Opens one more pool as `pool`. */
  readonly openPool: (options: Pick<PoolOptions, 'size' | 'onIdleError'>) => pg.Pool;
}

/** Migrations, and what asks the queue. */
const DIRECT_POOL_SIZE = 4;

/** Opens the database – our own embedded one when no address is given – and brings its schema up to date. */
export async function openStorage(
  { url, directUrl, dataDir, poolSize }: Config['database'],
  logger: Logger,
  closers: Closers,
): Promise<Storage> {
  const databaseUrl = url ?? (await openEmbedded(dataDir, logger, closers));
  const open = (settings: Pick<PoolOptions, 'url' | 'size' | 'pooled'>): pg.Pool => {
    let closing = false;
    const pool = createPool({
      ...settings,
      // A connection that is still taking its leave when the embedded server ends is no one's news.
      onIdleError: (error) => {
        if (!closing) logger.warn({ error: describeError(error) }, 'a database connection broke');
      },
    });
    closers.add('the database pool', () => {
      closing = true;
      return pool.end();
    });
    return pool;
  };
  const pooler = await findPooler(databaseUrl, directUrl);
  if (directUrl === undefined) {
    const pool = open({ url: databaseUrl, size: poolSize });
    await bringUpToDate(pool, logger);
    const openPool: Storage['openPool'] = (more) => createPool({ ...more, url: databaseUrl });
    return { pool, url: databaseUrl, direct: { pool, url: databaseUrl }, openPool };
  }
  const direct = open({ url: directUrl, size: DIRECT_POOL_SIZE });
  await bringUpToDate(direct, logger);
  const pooled = pooler === 'transaction' ? { pooled: await pooledOptions(direct, directUrl) } : {};
  if (pooler === 'transaction') logger.info('a pooler gives each transaction a session of its own choice');
  const openPool: Storage['openPool'] = (more) => createPool({ ...more, ...pooled, url: databaseUrl });
  return {
    pool: open({ ...pooled, url: databaseUrl, size: poolSize }),
    url: databaseUrl,
    direct: { pool: direct, url: directUrl },
    openPool,
  };
}

/**
 * The connections of imports. They have temporary tables, which live as long as a session, and are no one else's: an import
 * whose reader is slow holds one, and nothing waits for it but another import.
 */
export function openImportPool(url: string, logger: Logger, closers: Closers): pg.Pool {
  const onIdleError = (error: Error): void =>
    logger.warn({ error: describeError(error) }, 'a database connection of imports broke');
  const pool = createPool({ url, size: MOST_IMPORTS, onIdleError });
  closers.add('the database pool of imports', () => pool.end());
  return pool;
}

/** Both look in the same schemas: those in which the schema was brought up to date. */
async function pooledOptions(direct: pg.Pool, directUrl: string): Promise<PooledOptions> {
  const { rows } = await direct.query<{ schemas: string[] }>('select current_schemas(false)::text[] as schemas');
  return { directUrl, searchPath: asSearchPath(rows[0]?.schemas ?? []) ?? 'public' };
}

async function openEmbedded(dataDir: string, logger: Logger, closers: Closers): Promise<string> {
  const embedded = await startEmbeddedPostgres(dataDir);
  closers.add('the embedded PostgreSQL', () => embedded.stop());
  logger.info({ folder: embedded.clusterDir }, 'embedded PostgreSQL is running');
  return embedded.url;
}

async function bringUpToDate(pool: pg.Pool, logger: Logger): Promise<void> {
  const migrations = await migrate(pool, {
    onWait: (id) => logger.warn({ migration: id }, 'a migration waits for a table that others hold'),
    onReport: (report) => logger.info({ report }, 'a migration has ended'),
    onNewer: (ids) =>
      logger.warn(
        { migrations: ids },
        'a newer release has migrated the database, and says that this one may run on it: replace this process soon',
      ),
  });
  if (migrations.length > 0) logger.info({ migrations }, 'migrated the database');
}
