import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './programs.js';
import type { PostgresServer } from './server.js';

const RUNBOOK = fileURLToPath(new URL('../../../../docs/operations/restore.md', import.meta.url));

const at = ({ port }: PostgresServer): string[] => ['--host=127.0.0.1', `--port=${port}`, '--username=postgres'];

/** Makes an empty database. */
export async function createDatabaseOn(server: PostgresServer, database: string): Promise<void> {
  await runProgram(server.programs, 'createdb', [...at(server), database]);
}

/** Writes a database into a file, by the command of the runbook. @returns the file */
export async function dump(server: PostgresServer, database: string): Promise<string> {
  const file = join(dirname(server.folder), `${database}.dump`);
  await runAsWritten(server, ['pg_dump'], database, file);
  return file;
}

/** Writes a database out as SQL that can be searched, one statement per row. */
export async function dumpText(server: PostgresServer, database: string): Promise<string> {
  const file = join(dirname(server.folder), `${database}.sql`);
  await runProgram(server.programs, 'pg_dump', [...at(server), '--inserts', `--file=${file}`, database]);
  return await readFile(file, 'utf8');
}

/** Puts a dump into a new database of a server, by the commands of the runbook; one of that name is dropped. */
export async function restore(server: PostgresServer, database: string, file: string): Promise<void> {
  await runAsWritten(server, ['dropdb', 'createdb', 'pg_restore'], database, file);
}

/**
 * Runs the first command of each program that docs/operations/restore.md shows, word for word, but for the names of the
 * server, the role, the database and the file.
 */
async function runAsWritten(
  server: PostgresServer,
  programs: readonly string[],
  database: string,
  file: string,
): Promise<void> {
  const runbook = await readFile(RUNBOOK, 'utf8');
  for (const program of programs) {
    const [, words] = new RegExp(`^ +${program} \\$PG (.+)$`, 'm').exec(runbook) ?? [];
    if (words === undefined) throw new Error(`docs/operations/restore.md shows no command ${program} $PG …`);
    const args = words
      .split(' ')
      .map((word) => (word === '--owner=vestibule' ? '--owner=postgres' : word))
      .map((word) => word.replace(/\bvestibule\.dump$/, () => file).replace(/(?<![\w/])vestibule$/, () => database));
    await runProgram(server.programs, program, [...at(server), ...args]);
  }
}
