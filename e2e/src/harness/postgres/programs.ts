import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findPostgresPrograms } from '../../../servers/postgres-programs.mjs';

const run = promisify(execFile);

/** The programs of one PostgreSQL, as its packages install them. */
export interface PostgresPrograms {
  readonly folder: string;
}

/**
 * The machine's PostgreSQL with all its programs.
 *
 * @throws Error if there is none; Jest's settings then skip the suites that need it (`npm test` reports it)
 */
export function requirePrograms(): PostgresPrograms {
  const folder = findPostgresPrograms();
  if (folder === undefined) throw new Error('no PostgreSQL with pg_dump and pg_basebackup: install postgresql');
  return { folder };
}

/** The user PostgreSQL runs as: it refuses root, so root runs it as the system user `postgres`. */
export async function postgresUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/**
 * Runs one of the programs to its end, as the user PostgreSQL runs as.
 *
 * @returns its standard output
 * @throws Error with its standard error, when it fails
 */
export async function runProgram(
  { folder }: PostgresPrograms,
  program: string,
  args: readonly string[],
): Promise<string> {
  const { stdout } = await run(join(folder, program), args, { ...(await postgresUser()), cwd: '/' });
  return stdout;
}
