import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProgram } from './programs.js';
import type { PostgresServer } from './server.js';

const at = ({ port }: PostgresServer): string[] => ['--host=127.0.0.1', `--port=${port}`, '--username=postgres'];

/** Makes an empty database. */
export async function createDatabaseOn(server: PostgresServer, database: string): Promise<void> {
  await runProgram(server.programs, 'createdb', [...at(server), database]);
}

/** Writes a database into a file, as docs/operations/restore.md says. @returns the file */
export async function dump(server: PostgresServer, database: string): Promise<string> {
  const file = join(dirname(server.folder), `${database}.dump`);
  await runProgram(server.programs, 'pg_dump', [...at(server), '--format=custom', `--file=${file}`, database]);
  return file;
}

/** Writes a database out as SQL that can be searched, one statement per row. */
export async function dumpText(server: PostgresServer, database: string): Promise<string> {
  const file = join(dirname(server.folder), `${database}.sql`);
  await runProgram(server.programs, 'pg_dump', [...at(server), '--inserts', `--file=${file}`, database]);
  return await readFile(file, 'utf8');
}

/** Puts a dump into a new database of a server, as docs/operations/restore.md says; one of that name is dropped. */
export async function restore(server: PostgresServer, database: string, file: string): Promise<void> {
  await runProgram(server.programs, 'dropdb', [...at(server), '--if-exists', '--force', database]);
  await createDatabaseOn(server, database);
  await runProgram(server.programs, 'pg_restore', [
    ...at(server),
    '--exit-on-error',
    '--single-transaction',
    `--dbname=${database}`,
    file,
  ]);
}
