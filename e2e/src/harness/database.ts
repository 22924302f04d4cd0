import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { removeJournalFolder } from './journal-folder.js';

export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  drop(): Promise<void>;
}

/**
 * A new, empty database in the PostgreSQL that the suites share.
 * @param source is copied; no one is connected to it
 */
export async function createDatabase(source?: TestDatabase): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined) throw new Error('TEST_DATABASE_URL is not set: run the suites with Jest of this project');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = source === undefined ? '' : ` template ${new URL(source.url).pathname.slice(1)}`;
  await withClient(server, (client) => client.query(`create database ${name}${template}`));
  const url = server.replace(/\/[^/]*$/, `/${name}`);
  const opened = openDatabase(url);
  return {
    ...opened,
    drop: async () => {
      await opened.drop();
      await withClient(server, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

/** A database that goes with its server. */
export function openDatabase(url: string): TestDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // The server ends these connections when it is stopped before us.
  pool.on('error', () => undefined);
  return {
    url,
    pool,
    drop: async () => {
      await pool.end();
      await removeJournalFolder(url);
    },
  };
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
