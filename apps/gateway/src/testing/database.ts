import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../storage/migrate.js';

export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** A migrated database of its own in the PostgreSQL that the suites share. */
export async function openTestDatabase(options: { migrated: boolean } = { migrated: true }): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined)
    throw new Error('TEST_DATABASE_URL is not set: run Jest with the configuration of a project');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = server.replace(/\/[^/]*$/, `/${name}`);
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  // Dropping the database cuts what the pool is still saying good-bye to.
  pool.on('error', () => undefined);
  if (options.migrated) await migrate(pool);
  return {
    url,
    pool,
    close: async () => {
      await pool.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
