import 'reflect-metadata';
import { KEYS_USAGE, readKeysCommand } from './admin/keys/read-keys-command.js';
import { runKeysCommand } from './admin/keys/run-keys-command.js';
import { nameOfPerson } from './audit/name-of-person.js';
import { Closers } from './boot/closers.js';
import { reportStartFailure } from './boot/run.js';
import { openStorage } from './boot/storage.js';
import { COMMAND_ENVIRONMENT } from './config/command-environment.js';
import { processEnvironment } from './config/process-environment.js';
import { readConfig } from './config/read-config.js';
import { createLogger } from './core/logger.js';

/**
 * The keys of the database without an HTTP client, such as the first one for an operator. Exit code 0: done; 1: it failed;
 * 2: the command was not understood.
 */
async function main(args: readonly string[]): Promise<number> {
  const command = readKeysCommand(args, nameOfPerson());
  if (command.kind === 'help') {
    process.stdout.write(`${KEYS_USAGE}\n`);
    return 0;
  }
  if (command.kind === 'fault') {
    process.stderr.write(`${command.faults.join('\n')}\n\n${KEYS_USAGE}\n`);
    return 2;
  }
  const env = { LOG_LEVEL: 'warn', ...processEnvironment(), ...COMMAND_ENVIRONMENT };
  const { database, logLevel } = readConfig(env);
  const logger = createLogger(logLevel);
  const closers = new Closers(logger);
  try {
    const { pool } = await openStorage(database, logger, closers);
    return await runKeysCommand(pool, command, (line) => void process.stdout.write(`${line}\n`));
  } finally {
    await closers.closeAll();
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    reportStartFailure(error);
    process.exitCode = 1;
  },
);
