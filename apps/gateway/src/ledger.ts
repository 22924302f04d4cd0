import 'reflect-metadata';
import { exitWith } from './boot/run-command.js';
import { withStorage } from './boot/with-storage.js';
import { COMMAND_ENVIRONMENT } from './config/command-environment.js';
import { processEnvironment } from './config/process-environment.js';
import { readConfig } from './config/read-config.js';
import { LEDGER_USAGE, readLedgerCommand } from './orders/sending/command/read-ledger-command.js';
import { printJournal } from './orders/sending/command/print-journal.js';
import { runLedgerCommand } from './orders/sending/command/run-ledger-command.js';

/**
 * The brake of sending for the night without an HTTP client: the same as `/admin/sending`, on the database itself. Exit
 * code 0: done, and with `status` sending is open; 1: it failed, sending is stopped (`status`), or a journal is damaged;
 * 2: the command was not understood.
 */
async function main(args: readonly string[]): Promise<number> {
  const command = readLedgerCommand(args);
  if (command.kind === 'help' || command.kind === 'fault') {
    (command.kind === 'help' ? process.stdout : process.stderr).write(
      `${command.kind === 'fault' ? `${command.fault}\n\n` : ''}${LEDGER_USAGE}\n`,
    );
    return command.kind === 'help' ? 0 : 2;
  }
  const write = (line: string): void => void process.stdout.write(`${line}\n`);
  if (command.kind === 'journal') return await printJournal(command.file, write);
  const config = readConfig({ LOG_LEVEL: 'warn', ...processEnvironment(), ...COMMAND_ENVIRONMENT });
  return await withStorage(config, ({ pool }) => runLedgerCommand(pool, command, write));
}

exitWith(main(process.argv.slice(2)));
