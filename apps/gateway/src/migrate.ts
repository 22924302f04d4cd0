import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { reportStartFailure } from './boot/run.js';
import { withStorage } from './boot/with-storage.js';
import { COMMAND_ENVIRONMENT } from './config/command-environment.js';
import { processEnvironment } from './config/process-environment.js';
import { readConfig } from './config/read-config.js';

const USAGE = `usage: node apps/gateway/dist/migrate.js

Brings the database of DATABASE_URL (without it: the embedded one in DATA_DIR) to the schema of this release, forward
only. A migration has no limit of time; one that waits for a table others hold tries again until it gets it. A database
that a newer release has migrated is refused.

  --help      this text

Exit status: 0 done, 1 failed or refused, 2 an unknown option.
`;

/** A call that cannot be understood. */
class UsageError extends Error {}

/**
 * Brings the database to the present schema and ends: for deployments that migrate before the new processes start.
 * Every start does the same. It needs only `DATABASE_URL` (or `DATA_DIR`).
 */
async function main(): Promise<void> {
  const { help } = readArguments();
  if (help) {
    process.stdout.write(USAGE);
    return;
  }
  const config = readConfig({ ...processEnvironment(), ...COMMAND_ENVIRONMENT });
  const report = (): boolean => process.stdout.write('The database has the present schema.\n');
  await withStorage(config, report, { refuseNewer: true });
}

function readArguments(): { readonly help: boolean } {
  try {
    const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } }, strict: true });
    return { help: values.help };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) process.stderr.write(`vestibule: ${error.message}\n${USAGE}`);
  else reportStartFailure(error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
