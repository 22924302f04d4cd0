import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The user PostgreSQL runs as; absent: the user of this process. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root. For root this finds the system user `postgres` and creates it if it is missing;
 * other users run PostgreSQL as themselves.
 *
 * @throws Error when root may not make users
 */
export async function findIdentity(): Promise<Identity | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const found = await lookUp('postgres');
  if (found !== undefined) return found;
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  } catch (error) {
    throw new Error(
      `PostgreSQL does not run as root and the user "postgres" cannot be made (${(error as Error).message.trim()}); ` +
        'start as an ordinary user or set DATABASE_URL',
      { cause: error },
    );
  }
  return await lookUp('postgres');
}

async function lookUp(user: string): Promise<Identity | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined; // `id` fails for a user that does not exist: that is the answer.
  }
}
