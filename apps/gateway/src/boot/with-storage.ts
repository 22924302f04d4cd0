import type { Config } from '../config/config.js';
import { createLogger } from '../core/logger.js';
import { Closers } from './closers.js';
import { reportStartFailure } from './run.js';
import { openStorage, type Storage } from './storage.js';

/** Opens the database for one command and closes it again, whatever comes of the work. */
export async function withStorage<T>(
  { database, logLevel }: Pick<Config, 'database' | 'logLevel'>,
  work: (storage: Storage) => T | Promise<T>,
  options?: Parameters<typeof openStorage>[3],
): Promise<T> {
  const logger = createLogger(logLevel);
  const closers = new Closers(logger);
  try {
    return await work(await openStorage(database, logger, closers, options));
  } finally {
    await closers.closeAll();
  }
}

/** Ends the process with the exit code of a command; 1 after an error, which is reported as that of a start. */
export function exitWith(command: Promise<number>): void {
  command.then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      reportStartFailure(error);
      process.exitCode = 1;
    },
  );
}
