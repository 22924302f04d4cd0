import pg from 'pg';
import { freePort, startEmbeddedPostgres } from '@vestibule/gateway/embedded-postgres';
import { killPostmaster } from '../../harness/postgres/kill-postmaster.js';

/** A PostgreSQL that can be killed as by a power cut, and started again at the same address with what was committed. */
export interface KillablePostgres {
  readonly url: string;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @param folder the folder of its cluster; must be accessible for the user `postgres` when we are root */
export async function startKillablePostgres(folder: string): Promise<KillablePostgres> {
  const port = await freePort();
  let server = await startEmbeddedPostgres(folder, { port });
  await stopSyncing(server.url);
  return {
    url: server.url,
    kill: () => killPostmaster(server.clusterDir),
    restart: async () => {
      server = await startEmbeddedPostgres(folder, { port });
    },
    stop: () => server.stop(),
  };
}

/**
 * The data of a killed process are in the system's cache: syncing protects only from a power cut, and makes each
 * restart wait for the disk.
 */
async function stopSyncing(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('alter system set fsync = off');
  await client.query('select pg_reload_conf()');
  await client.end();
}
