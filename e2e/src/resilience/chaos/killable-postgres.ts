import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '@vestibule/gateway/embedded-postgres';
import { freePort } from '../../../servers/redis-server.mjs';

const run = promisify(execFile);
const POLL_MS = 20;

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
    kill: async () => {
      const pid = Number((await readFile(join(server.clusterDir, 'postmaster.pid'), 'utf8')).split('\n')[0]);
      const family = [pid, ...(await childrenOf(pid))];
      for (const member of family) send(member, 'SIGKILL');
      // A new server refuses to start beside what is left of the old one.
      while (family.some((member) => send(member, 0))) await delay(POLL_MS);
    },
    restart: async () => {
      server = await startEmbeddedPostgres(folder, { port });
    },
    stop: () => server.stop(),
  };
}

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
}

/** @returns whether the process was there */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
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
