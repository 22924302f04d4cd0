import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@vestibule/gateway/embedded-postgres';

const PROGRAM = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((path) => existsSync(path));

/** Whether this machine has PgBouncer. In CI (VESTIBULE_REQUIRE_TOOLS) it has to have one. */
export const hasPgBouncer = PROGRAM !== undefined;
if (!hasPgBouncer && process.env['VESTIBULE_REQUIRE_TOOLS']) {
  throw new Error('VESTIBULE_REQUIRE_TOOLS is set, and there is no pgbouncer');
}

export type PoolMode = 'session' | 'transaction' | 'statement';

/** A PgBouncer in front of a database. */
export interface PgBouncer {
  /** The database's address through it. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts one on loopback. @param url of the database behind it @param settings others than its own */
export async function startPgBouncer(
  url: string,
  mode: PoolMode,
  settings: Readonly<Record<string, string>> = { default_pool_size: '40' },
): Promise<PgBouncer> {
  if (PROGRAM === undefined) throw new Error('no pgbouncer');
  const { hostname, port, username, password, pathname } = new URL(url);
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-pgbouncer-'));
  await chmod(folder, 0o755);
  const own = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(
    file,
    `[databases]
* = host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
${Object.entries(settings)
  .map(([name, value]) => `${name} = ${value}\n`)
  .join('')}`,
  );
  await chmod(file, 0o644);
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? { uid: await nobody('-u'), gid: await nobody('-g') } : {};
  const child = spawn(PROGRAM, [file], { ...user, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`pgbouncer ended: ${said}`)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('process up')) resolve();
    });
  });
  return {
    url: `postgres://${username}@127.0.0.1:${own}${pathname}`,
    stop: async () => {
      const closed = once(child, 'close');
      // At once, with clients connected.
      child.kill('SIGTERM');
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function nobody(which: '-u' | '-g'): Promise<number> {
  return Number((await promisify(execFile)('id', [which, 'nobody'])).stdout);
}
