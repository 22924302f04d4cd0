import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian and Ubuntu install the programs of each major version. */
const DEBIAN = '/usr/lib/postgresql';
const NEEDED = ['postgres', 'initdb', 'pg_dump', 'pg_restore', 'pg_basebackup', 'psql', 'createdb', 'dropdb'];

/**
 * The folder of a PostgreSQL with all its programs: TEST_POSTGRES_BIN, or the newest that Debian's packages installed.
 * The embedded PostgreSQL has no `pg_dump` and no `pg_basebackup`.
 *
 * @returns {string | undefined} undefined if this machine has none
 */
export function findPostgresPrograms() {
  const given = process.env.TEST_POSTGRES_BIN;
  if (given) return given;
  if (!existsSync(DEBIAN)) return undefined;
  return readdirSync(DEBIAN)
    .sort((left, right) => Number(right) - Number(left))
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((folder) => NEEDED.every((program) => existsSync(join(folder, program))));
}
