import { execFile, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StepError } from '../steps.mjs';

const START_LIMIT_MS = 60_000;
/** The ports that the documents have. */
const PORTS = ['8080', '8081', '8082', '8090', '5432', '6379'];

/** A free port for each that the documents name. @returns {Promise<Record<string, number>>} */
export async function choosePorts() {
  const servers = await Promise.all(PORTS.map(listen));
  const ports = Object.fromEntries(PORTS.map((name, index) => [name, servers[index].address().port]));
  for (const server of servers) server.close();
  return ports;
}

function listen() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

/** PostgreSQL as packages install it: it asks for passwords. Root runs it as the system user postgres. */
export async function startPostgres(programs, home, port, password) {
  const folder = join(home, 'postgres');
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  const passwordFile = join(home, 'postgres-password');
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(passwordFile, password);
  if (user.uid !== undefined) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);
  const options = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  execFileSync(join(programs, 'initdb'), ['--pgdata', folder, ...options], { ...user, cwd: '/', stdio: 'pipe' });
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='];
  const server = spawn(join(programs, 'postgres'), ['-D', folder, ...settings.flatMap((one) => ['-c', one])], {
    ...user,
    cwd: '/',
    detached: true,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => server.once('close', resolve));
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await serves(programs, port))) {
    if (Date.now() > deadline) throw new StepError('PostgreSQL does not serve');
    await delay(100);
  }
  return async () => {
    server.kill('SIGINT');
    await ended;
  };
}

function serves(programs, port) {
  return new Promise((resolve) =>
    execFile(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)], (error) => resolve(error === null)),
  );
}

const idOf = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
