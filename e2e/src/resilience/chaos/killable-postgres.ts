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

/** @param folder where its cluster stands; must be reachable for the user `postgres` when we are root */
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
 * What a killed process has written stands in the system's cache: syncing it protects from a power cut alone, and
 * makes each restart wait for the disk.
 */
async function stopSyncing(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('alter system set fsync = off');
  await client.query('select pg_reload_conf()');
  await client.end();
}
