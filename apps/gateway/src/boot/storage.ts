import type pg from 'pg';
import type { Config } from '../config/config.js';
import { describeError, type Logger } from '../core/logger.js';
import { startEmbeddedPostgres } from '../storage/embedded/embedded-postgres.js';
import { migrate, type MigrateOptions } from '../storage/migrate.js';
import { createPool } from '../storage/pool.js';
import { losesSessions, SESSIONS_ARE_LOST } from '../storage/pooler.js';
import type { Closers } from './closers.js';

/** Opens the database – our own embedded one when no address is given – and brings its schema up to date. */
export async function openStorage(
  { url, dataDir, poolSize }: Config['database'],
  logger: Logger,
  closers: Closers,
  options: Pick<MigrateOptions, 'refuseNewer'> = {},
): Promise<{ pool: pg.Pool; databaseUrl: string }> {
  let databaseUrl = url;
  if (databaseUrl === undefined) {
    const embedded = await startEmbeddedPostgres(dataDir);
    closers.add('the embedded PostgreSQL', () => embedded.stop());
    databaseUrl = embedded.url;
    logger.info({ folder: embedded.clusterDir }, 'embedded PostgreSQL is running');
  }
  let closing = false;
  const pool = createPool({
    url: databaseUrl,
    size: poolSize,
    // A connection that is still taking its leave when the embedded server ends is no one's news.
    onIdleError: (error) => {
      if (!closing) logger.warn({ error: describeError(error) }, 'a database connection broke');
    },
  });
  closers.add('the database pool', () => {
    closing = true;
    return pool.end();
  });
  if (await losesSessions(pool)) throw new Error(SESSIONS_ARE_LOST);
  const migrations = await migrate(pool, {
    ...options,
    onWait: (id) => logger.warn({ migration: id }, 'a migration waits for a table that others hold'),
    onReport: (report) => logger.info({ report }, 'a migration has ended'),
    onNewer: (ids) =>
      logger.warn(
        { migrations: ids },
        'a newer release has migrated the database: this process should be replaced soon',
      ),
  });
  if (migrations.length > 0) logger.info({ migrations }, 'migrated the database');
  return { pool, databaseUrl };
}
