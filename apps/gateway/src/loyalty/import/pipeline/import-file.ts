import type { Pool, PoolClient } from 'pg';
import { done } from '../../card-program/outcome.js';
import { inTransactionOn } from '../../card-program/postgres/transaction.js';
import { RESTORE_STATEMENT_LIMIT } from '../../../storage/session-settings.js';
import { readBatches, type Batch } from './batches.js';
import type { ImportKind } from './import-kind.js';
import { addKeys, CLOSE_KEYS, OPEN_KEYS } from './keys-seen.js';
import { openImportFile } from './open-file.js';
import type { Kept, Rejection } from './rejection.js';

/** How far an import has come. Every line but the header is one of created, updated and rejected. */
export interface ImportTotals {
  readonly lines: number;
  readonly created: number;
  readonly updated: number;
  readonly rejected: number;
}

/** What an import tells while it runs: columns it does not know, each rejected line, the totals after each batch. */
export type ImportEvent =
  | { readonly kind: 'ignored'; readonly columns: readonly string[] }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'progress'; readonly totals: ImportTotals };

const NOTHING_YET: ImportTotals = { lines: 0, created: 0, updated: 0, rejected: 0 };

/** From so many new rows on, the database is told to look at its tables. */
const MANY_ROWS = 10_000;

/**
 * Imports a file. Each batch is a transaction of its own: an import that was stopped is simply started again, what is
 * there already stays single.
 *
 * @param path of the CSV file, or of the zip file with it
 * @throws ImportFileError when the file is none of this kind
 */
export async function* importFile(pool: Pool, kind: ImportKind, path: string): AsyncGenerator<ImportEvent> {
  const batches = readBatches(kind, await openImportFile(path));
  const client = await pool.connect();
  let finished = false;
  try {
    await client.query(OPEN_KEYS);
    const { created } = yield* importBatches(client, kind, batches);
    await client.query(CLOSE_KEYS);
    if (created >= MANY_ROWS) await tidyUp(client, kind);
    finished = true;
  } finally {
    // A connection in the middle of something is not for the next one.
    client.release(!finished);
  }
}

async function* importBatches(
  client: PoolClient,
  kind: ImportKind,
  batches: AsyncIterable<Batch>,
): AsyncGenerator<ImportEvent, ImportTotals> {
  let totals: ImportTotals | undefined;
  for await (const batch of batches) {
    const { unknown } = batch.header;
    if (totals === undefined && unknown.length > 0) yield { kind: 'ignored', columns: unknown };
    totals ??= NOTHING_YET;
    const { created, updated, rejected } = await keepBatch(client, kind, batch);
    const all = [...batch.rejected, ...rejected].sort((a, b) => a.line - b.line);
    for (const rejection of all) yield { kind: 'rejected', rejection };
    totals = {
      lines: totals.lines + batch.rows.length + batch.rejected.length,
      created: totals.created + created,
      updated: totals.updated + updated,
      rejected: totals.rejected + all.length,
    };
    yield { kind: 'progress', totals };
  }
  return totals ?? NOTHING_YET;
}

/**
 * The planner learns at once how much there is now, and searches can be answered from indexes alone, not only when the
 * next autovacuum has come by. It may take longer than a statement of ours otherwise may.
 */
async function tidyUp(client: PoolClient, { tables }: ImportKind): Promise<void> {
  await client.query('set statement_timeout = 0');
  await client.query(`vacuum (analyze) ${tables.join(', ')}`);
  await client.query(RESTORE_STATEMENT_LIMIT);
}

const UNIQUE_VIOLATION = '23505';

/** Somebody else, such as an issue of a card, can make the same thing at the same instant: then we look again. */
async function keepBatch(client: PoolClient, kind: ImportKind, { rows }: Batch): Promise<Kept> {
  if (rows.length === 0) return { created: 0, updated: 0, rejected: [] };
  const { value } = await inTransactionOn(
    client,
    async () => {
      const { fresh, repeated } = await addKeys(client, kind, rows);
      const kept = await kind.keep(client, fresh);
      const [field = ''] = kind.key;
      const again = repeated.map(({ line }) => ({ line, field, reason: 'stands in an earlier line as well' }));
      return done({ ...kept, rejected: [...kept.rejected, ...again] });
    },
    ({ code }) => code === UNIQUE_VIOLATION,
  );
  return value;
}
