import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { importFile, type ImportOptions, type ImportTotals, type ReasonCount } from '../pipeline/import-file.js';
import type { ImportKind } from '../pipeline/import-kind.js';
import type { Rejection } from '../pipeline/rejection.js';

export interface ImportReport {
  readonly totals: ImportTotals | undefined;
  readonly rejected: readonly Rejection[];
  /** Columns that meant nothing. */
  readonly ignored: readonly string[];
  readonly reasons: readonly ReasonCount[];
}

/**
 * Imports a text, as a file.
 *
 * @param stopAfter ends the import, as a crash would, after the totals of so many lines
 */
export async function runImport(
  pool: Pool,
  kind: ImportKind,
  content: string | Buffer,
  stopAfter = Number.POSITIVE_INFINITY,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-import-'));
  const file = join(folder, 'file');
  let totals: ImportTotals | undefined;
  const rejected: Rejection[] = [];
  const ignored: string[] = [];
  const reasons: ReasonCount[] = [];
  try {
    await writeFile(file, content);
    for await (const event of importFile(pool, kind, file, options)) {
      if (event.kind === 'rejected') rejected.push(event.rejection);
      else if (event.kind === 'ignored') ignored.push(...event.columns);
      else if (event.kind === 'reasons') reasons.push(...event.reasons);
      else totals = event.totals;
      if ((totals?.lines ?? 0) >= stopAfter) break;
    }
    return { totals, rejected, ignored, reasons };
  } finally {
    await rm(folder, { recursive: true });
  }
}
