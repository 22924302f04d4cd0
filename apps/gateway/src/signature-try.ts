import { exitWith } from './boot/run-command.js';
import { processEnvironment } from './config/process-environment.js';
import { readTryCommand, TRY_USAGE } from './partner/signature/read-try-command.js';
import { runTryCommand } from './partner/signature/run-try-command.js';

/**
 * Finds how Тройка Бизнес signs from one known pair. Exit code 0: found; 1: none fits; 2: the command was not understood, or
 * there is no key or no sample.
 */
async function main(args: readonly string[]): Promise<number> {
  const command = readTryCommand(args);
  if (command.kind === 'help') {
    process.stdout.write(`${TRY_USAGE}\n`);
    return 0;
  }
  if (command.kind === 'fault') {
    process.stderr.write(`${command.fault}\n\n${TRY_USAGE}\n`);
    return 2;
  }
  const { code, said } = await runTryCommand(command, processEnvironment());
  (code === 2 ? process.stderr : process.stdout).write(`${said}\n`);
  return code;
}

exitWith(main(process.argv.slice(2)));
