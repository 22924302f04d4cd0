import 'reflect-metadata';
import { Closers } from './boot/closers.js';
import { reportStartFailure } from './boot/run.js';
import { openStorage } from './boot/storage.js';
import { COMMAND_ENVIRONMENT } from './config/command-environment.js';
import { readConfig } from './config/read-config.js';
import { createLogger } from './core/logger.js';
import { IMPORT_KIND_NAMES, IMPORT_KINDS } from './loyalty/import/kinds/index.js';
import { importFile, type ImportEvent, type ImportTotals } from './loyalty/import/pipeline/import-file.js';

const USAGE = `usage: node apps/gateway/dist/import.js ${IMPORT_KIND_NAMES.join('|')} FILE   (a CSV, or its zip; docs/import.md)`;

/** Imports a file into the built-in programme: rejected lines go to standard output, progress to standard error. */
async function main([what = '', file]: readonly string[]): Promise<void> {
  const kind = IMPORT_KINDS.get(what);
  if (kind === undefined || file === undefined) throw new Error(USAGE);
  const { database, logLevel } = readConfig({ LOG_LEVEL: 'warn', ...process.env, ...COMMAND_ENVIRONMENT });
  const closers = new Closers();
  try {
    const { pool } = await openStorage(database, createLogger(logLevel), closers);
    let last: ImportTotals = { lines: 0, created: 0, updated: 0, rejected: 0 };
    for await (const event of importFile(pool, kind, file)) {
      if (event.kind === 'progress') last = event.totals;
      tell(event);
    }
    process.stderr.write(`\r${describe(last)}, done\n`);
  } finally {
    await closers.closeAll();
  }
}

function tell(event: ImportEvent): void {
  switch (event.kind) {
    case 'ignored':
      process.stderr.write(`not imported, for these columns mean nothing here: ${event.columns.join(', ')}\n`);
      break;
    case 'rejected': {
      const { line, field, reason } = event.rejection;
      process.stdout.write(`line ${line}: ${field === '' ? '' : `${field} `}${reason}\n`);
      break;
    }
    case 'progress':
      process.stderr.write(`\r${describe(event.totals)}`);
  }
}

function describe({ lines, created, updated, rejected }: ImportTotals): string {
  return `${lines} lines: ${created} created, ${updated} known, ${rejected} rejected`;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  reportStartFailure(error);
  process.exit(1);
});
