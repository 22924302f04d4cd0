import 'reflect-metadata';
import { readVerifyCommand, VERIFY_USAGE } from './audit/chain/read-verify-command.js';
import { runVerifyCommand } from './audit/chain/run-verify-command.js';
import { exitWith } from './boot/run-command.js';
import { withStorage } from './boot/with-storage.js';
import { COMMAND_ENVIRONMENT } from './config/command-environment.js';
import { processEnvironment } from './config/process-environment.js';
import { readConfig } from './config/read-config.js';
import { findEmbeddedPostgres } from './storage/embedded/running-postgres.js';

/** Verifies the audit. Exit code 0: whole; 1: not whole, or it cannot be read; 2: the command was not understood. */
async function main(args: readonly string[]): Promise<number> {
  const command = readVerifyCommand(args);
  if (command.kind === 'help') {
    process.stdout.write(`${VERIFY_USAGE}\n`);
    return 0;
  }
  if (command.kind === 'fault') {
    process.stderr.write(`${command.fault}\n\n${VERIFY_USAGE}\n`);
    return 2;
  }
  const config = readConfig({ LOG_LEVEL: 'warn', ...processEnvironment(), ...COMMAND_ENVIRONMENT });
  const { url, dataDir } = config.database;
  // A database that is created for this would be whole.
  if (url === undefined && (await findEmbeddedPostgres(dataDir)).kind === 'none') {
    throw new Error(`there is no database in ${dataDir}; set DATABASE_URL or DATA_DIR`);
  }
  const write = (line: string): void => void process.stdout.write(`${line}\n`);
  return await withStorage(config, ({ pool }) => runVerifyCommand(pool, command.kept, write));
}

exitWith(main(process.argv.slice(2)));
