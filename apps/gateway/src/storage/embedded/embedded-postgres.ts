import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseClient } from '../database-client.js';
import { findBinaries } from './binaries.js';
import { freePort } from './free-port.js';
import { findIdentity, type Identity } from './identity.js';
import { chooseLocation, type Place } from './location.js';
import { isAlive, readPostmaster, type Postmaster } from './postmaster-pid.js';

export { freePort };

const START_LIMIT_MS = 60_000;
const POLL_MS = 20;

/** A PostgreSQL of our own, on loopback, that starts and stops with the process that started it. */
export interface EmbeddedPostgres {
  /** Its `postgres://` address, password included: never to be logged. */
  readonly url: string;
  readonly clusterDir: string;
  /** Stops it if this process started (or adopted) it; a server that another living process started is left alone. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that stands in `dataDir`, making it first if there is none. A server already running there is
 * used; one whose process was killed is recovered by PostgreSQL itself.
 *
 * @param dataDir a folder; what else stands in it is not touched
 * @param options.port where it listens on 127.0.0.1, unless it is running already; any free port unless given
 * @throws Error with one line for a person: what cannot be done, and what to do
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  options: { readonly port?: number } = {},
): Promise<EmbeddedPostgres> {
  const identity = await findIdentity();
  const place = await chooseLocation(dataDir, await findBinaries(), identity);
  const password = await ensureCluster(place, identity);
  const running = await readPostmaster(place.clusterDir);
  const ownerFile = `${place.clusterDir}.owner`;
  const owner = Number(await readFile(ownerFile, 'utf8').catch(() => '0'));
  const mine = running === undefined || !isAlive(owner);
  const ended =
    running === undefined ? await spawnServer(place, identity, options.port ?? (await freePort())) : undefined;
  if (mine) await writeFile(ownerFile, `${process.pid}\n`);
  const server = await untilReady(place, ended);
  const url = `postgres://postgres:${password}@127.0.0.1:${server.port}/vestibule`;
  await ensureDatabase(url);
  return {
    url,
    clusterDir: place.clusterDir,
    stop: async () => {
      if (!mine) return;
      await stopServer(server.pid);
      await rm(ownerFile, { force: true });
    },
  };
}

/** Makes the cluster unless a finished one is there, and gives its password. */
async function ensureCluster({ binaries, clusterDir }: Place, identity: Identity | undefined): Promise<string> {
  const passwordFile = join(clusterDir, 'vestibule-password');
  const finished = await readFile(passwordFile, 'utf8').catch(() => undefined);
  if (finished !== undefined) return finished.trim();

  // A first start that was cut off leaves a folder without the password file: it holds nothing and is made again.
  await mkdir(clusterDir, { recursive: true, mode: 0o700 });
  for (const name of await readdir(clusterDir)) await rm(join(clusterDir, name), { recursive: true });
  const password = randomBytes(24).toString('base64url');
  const draft = `${clusterDir}.password`;
  await writeFile(draft, `${password}\n`, { mode: 0o600 });
  if (identity !== undefined) await chown(draft, identity.uid, identity.gid);
  const args = ['-D', clusterDir, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${draft}`];
  await runToEnd(binaries.initdb, [...args, '--encoding=UTF8', '--locale=C', '--no-instructions'], identity);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await rm(draft);
  return password;
}

async function runToEnd(program: string, args: string[], identity: Identity | undefined): Promise<void> {
  const child = spawn(program, args, { ...identity, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`PostgreSQL cannot be set up: ${said.trim().split('\n').at(-1) ?? `exit ${code}`}`);
}

/**
 * Starts the server in a process group of its own: a Ctrl-C in the terminal is for us, who then stop it in order.
 *
 * @returns aborted when the server ends
 */
async function spawnServer(
  { binaries, clusterDir }: Place,
  identity: Identity | undefined,
  port: number,
): Promise<AbortSignal> {
  const log = await open(`${clusterDir}.log`, 'a');
  try {
    const settings = {
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: '',
      max_connections: '200',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(binaries.postgres, ['-D', clusterDir, ...args], {
      ...identity,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await new Promise<void>((resolve, reject) => child.on('error', reject).on('spawn', resolve));
    child.unref();
    const ended = new AbortController();
    child.once('exit', () => ended.abort());
    return ended.signal;
  } finally {
    await log.close();
  }
}

async function untilReady({ clusterDir }: Place, ended: AbortSignal | undefined): Promise<Postmaster> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    const server = await readPostmaster(clusterDir);
    if (server?.ready === true) return server;
    if (ended?.aborted === true) throw new Error(`PostgreSQL ended while it started; ${clusterDir}.log says why`);
    await delay(POLL_MS);
  }
  throw new Error(`PostgreSQL did not start within ${START_LIMIT_MS / 1000} s; its log is ${clusterDir}.log`);
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new DatabaseClient({ connectionString: url.replace(/\/vestibule$/, '/postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = 'vestibule'");
    if (rowCount === 0) await client.query('create database vestibule');
  } finally {
    await client.end();
  }
}

/** SIGINT is PostgreSQL's fast shutdown: sessions end, everything committed is on disk. */
async function stopServer(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
    throw error;
  }
  while (isAlive(pid)) await delay(POLL_MS);
}
