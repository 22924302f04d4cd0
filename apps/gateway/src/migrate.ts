import 'reflect-metadata';
import { Closers } from './boot/closers.js';
import { reportStartFailure } from './boot/run.js';
import { openStorage } from './boot/storage.js';
import { COMMAND_ENVIRONMENT } from './config/command-environment.js';
import { processEnvironment } from './config/process-environment.js';
import { readConfig } from './config/read-config.js';
import { createLogger } from './core/logger.js';

/**
 * Brings the database to the present schema and ends: for deployments that migrate before the new processes start.
 * Every start does the same by itself. Needs `DATABASE_URL` (or `DATA_DIR`) and nothing else.
 */
async function main(): Promise<void> {
  const config = readConfig({ ...processEnvironment(), ...COMMAND_ENVIRONMENT });
  const closers = new Closers();
  try {
    await openStorage(config.database, createLogger(config.logLevel), closers);
    process.stdout.write('The database has the present schema.\n');
  } finally {
    await closers.closeAll();
  }
}

main().catch((error: unknown) => {
  reportStartFailure(error);
  process.exitCode = 1;
});
