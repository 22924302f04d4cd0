import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTcpProxy } from '../tcp-proxy.js';
import { until } from '../until.js';
import { runProgram } from './programs.js';
import { serveCluster, type PostgresServer } from './server.js';

/** A replica, until it is promoted. */
export interface Replica extends PostgresServer {
  /** Disconnects it from the primary. */
  cutOff(): Promise<void>;
  promote(): Promise<void>;
}

/**
 * Copies a running server with pg_basebackup, and starts the copy as its replica.
 *
 * @param synchronous whether the primary waits for the replica with every commit
 */
export async function startReplica(primary: PostgresServer, { synchronous = false } = {}): Promise<Replica> {
  const line = await startTcpProxy(primary.url());
  const { port } = new URL(line.url);
  const source = ['--host=127.0.0.1', `--port=${port}`, '--username=postgres'];
  const server = await serveCluster(primary.programs, async (folder) => {
    await runProgram(primary.programs, 'pg_basebackup', [
      ...source,
      `--pgdata=${folder}`,
      '--write-recovery-conf',
      '--wal-method=stream',
      '--checkpoint=fast',
      '--no-sync',
    ]);
    const retry = `wal_retrieve_retry_interval = '200ms'\n`;
    await appendFile(join(folder, 'postgresql.auto.conf'), retry);
  });
  await until('the replica follows', async () => {
    const [row] = await primary.query<{ state: string }>('select state from pg_stat_replication');
    return row?.state === 'streaming' ? true : undefined;
  });
  if (synchronous) {
    await primary.query(`alter system set synchronous_standby_names = '*'`);
    await primary.query('select pg_reload_conf()');
    await until('the primary waits for the replica', async () => {
      const [row] = await primary.query<{ state: string }>('select sync_state as state from pg_stat_replication');
      return row?.state === 'sync' ? true : undefined;
    });
  }
  return {
    ...server,
    cutOff: () => line.cut(),
    promote: async () => {
      await server.query('select pg_promote(true, 60)');
    },
    remove: async () => {
      await line.cut();
      await server.remove();
    },
  };
}
