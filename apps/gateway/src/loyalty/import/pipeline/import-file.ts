import { setImmediate } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { done } from '../../card-program/outcome.js';
import { inTransactionOn } from '../../card-program/postgres/transaction.js';
import { RESTORE_STATEMENT_LIMIT } from '../../../storage/session-settings.js';
import { readBatches, type Batch } from './batches.js';
import type { ImportKind } from './import-kind.js';
import type { Row } from './columns.js';
import { addClaims, addKeys, CLOSE_KEYS, OPEN_KEYS } from './keys-seen.js';
import { openImportFile } from './open-file.js';
import type { Kept, Rejection } from './rejection.js';

/** How far an import has come. Every line but the header is one of created, changed, unchanged and rejected. */
export interface ImportTotals {
  readonly lines: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** How many lines were rejected for the same reason. */
export interface ReasonCount extends Omit<Rejection, 'line'> {
  readonly lines: number;
}

/**
 * What an import reports while it runs: unknown columns, each rejected line, the totals after each batch; at its end
 * how often each reason was given, the most frequent first.
 */
export type ImportEvent =
  | { readonly kind: 'ignored'; readonly columns: readonly string[] }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'progress'; readonly totals: ImportTotals }
  | { readonly kind: 'reasons'; readonly reasons: readonly ReasonCount[] };

export const NOTHING_YET: ImportTotals = { lines: 0, created: 0, changed: 0, unchanged: 0, rejected: 0 };

/** From so many new rows on, the tables are analysed. */
const MANY_ROWS = 10_000;

export interface ImportOptions {
  /** Whether to report as an import does, but to write nothing. */
  readonly dryRun?: boolean;
  /** Yields to other work of this process; by default for one tick of the event loop. */
  readonly giveWay?: () => Promise<void>;
}

/** Whether a file had lines, and all were rejected. */
export function isAllRejected({ lines, rejected }: ImportTotals): boolean {
  return lines > 0 && lines === rejected;
}

/**
 * Imports a file. Each batch is its own transaction: an interrupted import is simply started again, and doubles no row.
 * A dry run rolls each transaction back; a line that refers to an earlier line still finds it.
 *
 * @param path of the CSV file, or of the zip file with it
 * @throws ImportFileError when the file is not of this kind, or cannot be read to its end
 */
export async function* importFile(
  pool: Pool,
  kind: ImportKind,
  path: string,
  { dryRun = false, giveWay = setImmediate }: ImportOptions = {},
): AsyncGenerator<ImportEvent> {
  const source = await openImportFile(path);
  const batches = readBatches(kind, source, giveWay);
  try {
    // An unreadable file needs no connection.
    const first = await batches.next();
    const client = await pool.connect();
    let finished = false;
    try {
      await client.query(OPEN_KEYS);
      const created = yield* importBatches(client, kind, first, batches, dryRun);
      await client.query(CLOSE_KEYS);
      if (created >= MANY_ROWS && !dryRun) await tidyUp(client, kind);
      finished = true;
    } finally {
      // A connection in the middle of something is not for the next one.
      client.release(!finished);
    }
  } finally {
    await batches.return(undefined);
    source.close();
  }
}

async function* importBatches(
  client: PoolClient,
  kind: ImportKind,
  first: IteratorResult<Batch>,
  others: AsyncGenerator<Batch>,
  dryRun: boolean,
): AsyncGenerator<ImportEvent, number> {
  let totals = NOTHING_YET;
  const reasons = new Map<string, ReasonCount>();
  for (let next = first; next.done !== true; next = await others.next()) {
    const batch = next.value;
    const { unknown } = batch.header;
    if (next === first && unknown.length > 0) yield { kind: 'ignored', columns: unknown };
    const kept = await upsertBatch(client, kind, batch, dryRun);
    const rejected = [...batch.rejected, ...kept.rejected].sort((a, b) => a.line - b.line);
    for (const rejection of rejected) {
      count(reasons, rejection);
      yield { kind: 'rejected', rejection };
    }
    totals = {
      lines: totals.lines + batch.rows.length + batch.rejected.length,
      created: totals.created + kept.created,
      changed: totals.changed + kept.changed,
      unchanged: totals.unchanged + kept.unchanged,
      rejected: totals.rejected + rejected.length,
    };
    yield { kind: 'progress', totals };
  }
  if (reasons.size > 0) {
    yield { kind: 'reasons', reasons: [...reasons.values()].sort((a, b) => b.lines - a.lines) };
  }
  return totals.created;
}

function count(reasons: Map<string, ReasonCount>, { field, reason }: Rejection): void {
  const key = `${field} ${reason}`;
  reasons.set(key, { field, reason, lines: (reasons.get(key)?.lines ?? 0) + 1 });
}

/**
 * The planner learns the new sizes at once, and index-only scans work before the next autovacuum. This may take longer
 * than the usual limit of a statement.
 */
async function tidyUp(client: PoolClient, { tables }: ImportKind): Promise<void> {
  await client.query('set statement_timeout = 0');
  await client.query(`vacuum (analyze) ${tables.join(', ')}`);
  await client.query(RESTORE_STATEMENT_LIMIT);
}

const UNIQUE_VIOLATION = '23505';
const NOTHING_KEPT: Kept = { created: 0, changed: 0, unchanged: 0, rejected: [] };

async function upsertBatch(client: PoolClient, kind: ImportKind, { rows }: Batch, dryRun: boolean): Promise<Kept> {
  if (rows.length === 0) return NOTHING_KEPT;
  if (!dryRun) {
    return await inTurns(client, async () => {
      const { fresh, repeated } = await addKeys(client, kind, rows);
      const kept = fresh.length === 0 ? NOTHING_KEPT : await kind.keep(client, fresh);
      return done(withRepeated(kind, kept, repeated));
    });
  }
  // A dry run must keep its keys when the batch is rolled back.
  const { fresh, repeated } = await addKeys(client, kind, rows);
  const kept = await inTurns(client, async () => ({
    kind: 'rehearsed' as const,
    value: fresh.length === 0 ? NOTHING_KEPT : await kind.keep(client, fresh),
  }));
  const refused = new Set(kept.rejected.map(({ line }) => line));
  const taken = fresh.filter(({ line }) => !refused.has(line));
  await addClaims(
    client,
    taken.flatMap((row) => kind.claims?.(row) ?? []),
  );
  return withRepeated(kind, kept, repeated);
}

/** A simultaneous call, such as an issue of a card, can create the same row: then the batch runs again. */
async function inTurns<O extends { readonly kind: string; readonly value: Kept }>(
  client: PoolClient,
  work: () => Promise<O>,
): Promise<Kept> {
  const { value } = await inTransactionOn(client, work, ({ code }) => code === UNIQUE_VIOLATION);
  return value;
}

function withRepeated({ key: [field = ''] }: ImportKind, kept: Kept, repeated: readonly Row[]): Kept {
  const again = repeated.map(({ line }) => ({ line, field, reason: 'is already in an earlier line' }));
  return { ...kept, rejected: [...kept.rejected, ...again] };
}
