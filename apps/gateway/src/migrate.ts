import 'reflect-metadata';
import { exitWith, printsUsage } from './boot/run-command.js';
import { withStorage } from './boot/with-storage.js';
import { COMMAND_ENVIRONMENT } from './config/command-environment.js';
import { processEnvironment } from './config/process-environment.js';
import { readConfig } from './config/read-config.js';

const USAGE = `usage: node apps/gateway/dist/migrate.js

Brings the database of DATABASE_URL (without it: the embedded one in DATA_DIR) to the schema of this release, forward
only. A migration has no limit of time; one that waits for a table others hold tries again until it gets it. A database
that a newer release has migrated is refused, unless that release says that older programs may run on it.

  --help      this text

Exit status: 0 done, 1 failed or refused, 2 an unknown option.
`;

/**
 * Brings the database to the present schema and ends: for deployments that migrate before the new processes start.
 * Every start does the same. It needs only `DATABASE_URL` (or `DATA_DIR`).
 */
async function main(): Promise<number> {
  if (printsUsage(USAGE)) return 0;
  const config = readConfig({ ...processEnvironment(), ...COMMAND_ENVIRONMENT });
  await withStorage(config, () => process.stdout.write('The database has the schema that this release needs.\n'));
  return 0;
}

exitWith(main());
