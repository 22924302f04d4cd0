import 'reflect-metadata';
import { KEYS_USAGE, readKeysCommand } from './admin/keys/read-keys-command.js';
import { runKeysCommand } from './admin/keys/run-keys-command.js';
import { nameOfPerson } from './audit/name-of-person.js';
import { exitWith } from './boot/run-command.js';
import { SecretSeal } from './api-keys/secret-seal.js';
import { withStorage } from './boot/with-storage.js';
import { COMMAND_ENVIRONMENT } from './config/command-environment.js';
import { processEnvironment } from './config/process-environment.js';
import { readConfig } from './config/read-config.js';
import { findInstallationKeys } from './orders/api/installation-keys.js';

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
  const config = readConfig({ LOG_LEVEL: 'warn', ...processEnvironment(), ...COMMAND_ENVIRONMENT });
  const write = (line: string): void => void process.stdout.write(`${line}\n`);
  return await withStorage(config, async ({ pool }) => {
    const seal = new SecretSeal(await findInstallationKeys(pool, config.orders.requestHashKeys));
    return await runKeysCommand(pool, seal, command, write);
  });
}

exitWith(main(process.argv.slice(2)));
