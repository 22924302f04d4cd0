import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { nameOfPerson } from './audit/name-of-person.js';
import { exitWith, UsageError } from './boot/run-command.js';
import { withStorage } from './boot/with-storage.js';
import { COMMAND_ENVIRONMENT } from './config/command-environment.js';
import { processEnvironment } from './config/process-environment.js';
import { readConfig } from './config/read-config.js';
import { ImportProgress } from './loyalty/import/import-progress.js';
import { IMPORT_KIND_NAMES, IMPORT_KINDS } from './loyalty/import/kinds/index.js';
import { importFile } from './loyalty/import/pipeline/import-file.js';
import { recordImport } from './loyalty/import/record-import.js';

const USAGE = `usage: node apps/gateway/dist/import.js [--dry-run] ${IMPORT_KIND_NAMES.join('|')} FILE

Imports a CSV file, or a zip file with one in it, into the built-in programme (docs/import.md).
Rejected lines go to standard output, everything else to standard error.

  --dry-run   say what the import would do, and write nothing
  --help      this text

The database is that of DATABASE_URL, from the environment or from a file .env in the working directory.
Exit status: 0 done, 1 failed or every line rejected, 2 an unknown option.
`;

const NO_DATABASE =
  'DATABASE_URL is not set, neither in the environment nor in a file .env here, and an import starts no database of ' +
  'its own; set DATABASE_URL, or send the file to a running gateway (POST /admin/import/…, docs/import.md)';

/** @returns the exit status */
async function main(): Promise<number> {
  const { help, dryRun, what, file } = readArguments();
  if (help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const kind = IMPORT_KINDS.get(what);
  if (kind === undefined) throw new UsageError(`the kinds are ${IMPORT_KIND_NAMES.join(', ')}`, USAGE);
  if (file === undefined) throw new UsageError('which file?', USAGE);
  const config = readConfig({ LOG_LEVEL: 'warn', ...processEnvironment(), ...COMMAND_ENVIRONMENT });
  // An embedded database that only this command knows would take the file, and the real one would stay empty.
  if (config.database.url === undefined) throw new Error(NO_DATABASE);
  return await withStorage(config, async ({ direct }) => {
    const progress = new ImportProgress(process.stdout, process.stderr);
    const importing = importFile(direct.pool, kind, file, { dryRun });
    const who = nameOfPerson();
    const events = dryRun ? importing : recordImport(direct.pool, { who, kind: what, beganBy: 'command' }, importing);
    for await (const event of events) progress.report(event);
    return progress.end({ dryRun });
  });
}

function readArguments(): { help: boolean; dryRun: boolean; what: string; file: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      options: { help: { type: 'boolean', short: 'h' }, 'dry-run': { type: 'boolean' } },
      allowPositionals: true,
    });
    const [what = '', file, ...rest] = positionals;
    if (rest.length > 0) throw new Error('one file at a time');
    return { help: values.help ?? false, dryRun: values['dry-run'] ?? false, what, file };
  } catch (error) {
    // It only throws errors about the arguments.
    throw new UsageError((error as Error).message, USAGE);
  }
}

exitWith(main());
