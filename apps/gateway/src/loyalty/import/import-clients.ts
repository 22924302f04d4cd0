import type { Pool } from 'pg';
import { done } from '../card-program/outcome.js';
import { inTransaction } from '../card-program/postgres/transaction.js';
import { readClientLine, readHeader, type ClientLine, type Columns, type Rejection } from './client-line.js';
import { splitCsvLine } from './csv-line.js';
import { keepClients, type Kept } from './keep-clients.js';
import { openRegistry, RegistryFileError } from './open-registry.js';
import { readTextLines, type TextLine } from './text-lines.js';

/** How far an import has come. Every line but the header is one of created, updated and rejected. */
export interface ImportTotals {
  readonly lines: number;
  readonly created: number;
  readonly updated: number;
  readonly rejected: number;
}

/** What an import tells while it runs: each rejected line, and the totals after each batch. */
export type ImportEvent =
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'progress'; readonly totals: ImportTotals };

/** Lines of one transaction: enough to make the round trips cheap, few enough to be done in a moment. */
const BATCH_LINES = 1000;

const UNIQUE_VIOLATION = '23505';

/**
 * Imports Кошелёк's offline registry of clients. Each batch is a transaction of its own: an import that was stopped is
 * simply started again, what is there already stays single.
 *
 * @param path of the CSV file, or of the zip file with it
 * @throws RegistryFileError when the file is no such registry
 */
export async function* importClients(pool: Pool, path: string): AsyncGenerator<ImportEvent> {
  let totals: ImportTotals = { lines: 0, created: 0, updated: 0, rejected: 0 };
  for await (const batch of readBatches(await openRegistry(path))) {
    const { created, updated, rejected } = await keepBatch(pool, batch.clients);
    const all = [...batch.rejected, ...rejected].sort((a, b) => a.line - b.line);
    for (const rejection of all) yield { kind: 'rejected', rejection };
    totals = {
      lines: totals.lines + batch.clients.length + batch.rejected.length,
      created: totals.created + created,
      updated: totals.updated + updated,
      rejected: totals.rejected + all.length,
    };
    yield { kind: 'progress', totals };
  }
}

/** A card that somebody issues at the same instant can take a phone away under our hands: then we look again. */
const MOST_TURNS = 5;

async function keepBatch(pool: Pool, clients: readonly ClientLine[]): Promise<Kept> {
  for (let turn = 1; ; turn += 1) {
    try {
      return (await inTransaction(pool, async (client) => done(await keepClients(client, clients)))).value;
    } catch (error) {
      if (turn === MOST_TURNS || (error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
    }
  }
}

interface Batch {
  readonly clients: ClientLine[];
  readonly rejected: Rejection[];
}

/** The lines of the file in batches; the last one may be small, and an empty file gives one empty batch. */
async function* readBatches(chunks: AsyncIterable<Buffer>): AsyncGenerator<Batch> {
  let columns: Columns | undefined;
  let batch: Batch = { clients: [], rejected: [] };
  for await (const line of readTextLines(chunks)) {
    if (columns === undefined) {
      columns = requireHeader(line);
      continue;
    }
    const read = readLine(line, columns);
    if ('reason' in read) batch.rejected.push(read);
    else batch.clients.push(read);
    if (batch.clients.length + batch.rejected.length === BATCH_LINES) {
      yield batch;
      batch = { clients: [], rejected: [] };
    }
  }
  if (columns === undefined) throw new RegistryFileError('the file is empty');
  yield batch;
}

function requireHeader({ text }: TextLine): Columns {
  const columns = readHeader(splitCsvLine(text ?? '') ?? []);
  if (columns.has('card_number')) return columns;
  throw new RegistryFileError('the first line names no column card_number; columns are separated by ;');
}

function readLine({ number, text }: TextLine, columns: Columns): ClientLine | Rejection {
  if (text === undefined) return { line: number, field: '', reason: 'the line is not UTF-8, or too long' };
  const fields = splitCsvLine(text);
  return fields === undefined
    ? { line: number, field: '', reason: 'a quote is not closed' }
    : readClientLine(number, columns, fields);
}
