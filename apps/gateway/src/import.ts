import 'reflect-metadata';
import { Closers } from './boot/closers.js';
import { reportStartFailure } from './boot/run.js';
import { openStorage } from './boot/storage.js';
import { NO_DOORS } from './config/no-doors.js';
import { readConfig } from './config/read-config.js';
import { createLogger } from './logging/logger.js';
import { importClients, type ImportTotals } from './loyalty/import/import-clients.js';

const USAGE = 'usage: node apps/gateway/dist/import.js clients FILE   (the CSV of the offline registry, or its zip)';

/** Imports a file into the built-in programme: rejected lines go to standard output, progress to standard error. */
async function main([what, file]: readonly string[]): Promise<void> {
  if (what !== 'clients' || file === undefined) throw new Error(USAGE);
  const { database, logLevel } = readConfig({ LOG_LEVEL: 'warn', ...process.env, ...NO_DOORS });
  const closers = new Closers();
  try {
    const { pool } = await openStorage(database, createLogger(logLevel), closers);
    let last: ImportTotals = { lines: 0, created: 0, updated: 0, rejected: 0 };
    for await (const event of importClients(pool, file)) {
      if (event.kind === 'progress') {
        last = event.totals;
        process.stderr.write(`\r${describe(last)}`);
      } else {
        const { line, field, reason } = event.rejection;
        process.stdout.write(`line ${line}: ${field} ${reason}\n`);
      }
    }
    process.stderr.write(`\r${describe(last)}, done\n`);
  } finally {
    await closers.closeAll();
  }
}

function describe({ lines, created, updated, rejected }: ImportTotals): string {
  return `${lines} lines: ${created} created, ${updated} known, ${rejected} rejected`;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  reportStartFailure(error);
  process.exit(1);
});
