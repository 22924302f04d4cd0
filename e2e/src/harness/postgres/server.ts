import { spawn, type ChildProcess } from 'node:child_process';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '@vestibule/gateway/embedded-postgres';
import { killPostmaster } from './kill-postmaster.js';
import { postgresUser, runProgram, type PostgresPrograms } from './programs.js';

const POLL_MS = 20;
const START_LIMIT_MS = 60_000;

/** A PostgreSQL of the machine's packages, with its own cluster on loopback. */
export interface PostgresServer {
  readonly programs: PostgresPrograms;
  readonly port: number;
  /** The folder of the cluster. */
  readonly folder: string;
  url(database?: string): string;
  /** Runs a statement on a new connection. */
  query<T extends pg.QueryResultRow>(statement: string, database?: string): Promise<T[]>;
  /** SIGKILL to every process of it. */
  kill(): Promise<void>;
  /** Starts it again, at the same port, with the data on its disk. */
  start(): Promise<void>;
  /** Ends it and removes its cluster. */
  remove(): Promise<void>;
}

/** Makes an empty cluster and starts a server on it. */
export async function createServer(programs: PostgresPrograms): Promise<PostgresServer> {
  return await serveCluster(programs, async (folder) => {
    const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
    await runProgram(programs, 'initdb', ['--pgdata', folder, ...options]);
  });
}

/** Starts a server on a cluster that `make` puts into an empty folder. */
export async function serveCluster(
  programs: PostgresPrograms,
  make: (folder: string) => Promise<unknown>,
): Promise<PostgresServer> {
  const user = await postgresUser();
  const home = await mkdtemp(join(tmpdir(), 'vestibule-postgres-'));
  const folder = join(home, 'data');
  await mkdir(folder, { mode: 0o700 });
  if (user !== undefined) for (const path of [home, folder]) await chown(path, user.uid, user.gid);
  await make(folder);
  const port = await freePort();
  const url = (database = 'postgres'): string => `postgres://postgres@127.0.0.1:${port}/${database}`;
  const query = <T extends pg.QueryResultRow>(statement: string, database?: string): Promise<T[]> =>
    queryOnce<T>(url(database), statement);
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'max_connections=200'];
    const args = settings.flatMap((setting) => ['-c', setting]);
    child = spawn(join(programs.folder, 'postgres'), ['-D', folder, ...args], {
      ...user,
      cwd: '/',
      // A Ctrl-C in the terminal is for the suite, which then ends it in order.
      detached: true,
      stdio: 'ignore',
    });
    await untilReady(child, url());
  };
  await start();
  const kill = (): Promise<void> => killPostmaster(folder);
  return {
    programs,
    port,
    folder,
    url,
    query,
    kill,
    start,
    remove: async () => {
      await kill();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function queryOnce<T extends pg.QueryResultRow>(url: string, statement: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  // A server that is killed under it makes the statement fail; that is where it is dealt with.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<T>(statement);
    return rows;
  } finally {
    await client.end();
  }
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      await queryOnce(url, 'select 1');
      return;
    } catch (error) {
      if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}`, { cause: error });
      if (Date.now() > deadline) throw new Error('PostgreSQL does not serve', { cause: error });
      await delay(POLL_MS);
    }
  }
}
