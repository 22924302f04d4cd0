import type { Config } from '../config/config.js';
import { createLogger } from '../core/logger.js';
import { Closers } from './closers.js';
import { openStorage, type Storage } from './storage.js';

/** Opens the database for one command and closes it again, whatever comes of the work. */
export async function withStorage<T>(
  { database, logLevel }: Pick<Config, 'database' | 'logLevel'>,
  work: (storage: Storage) => T | Promise<T>,
): Promise<T> {
  const logger = createLogger(logLevel);
  const closers = new Closers(logger);
  try {
    return await work(await openStorage(database, logger, closers));
  } finally {
    await closers.closeAll();
  }
}
