import { isRejection, readHeader, readRow, type Columns, type Header, type Row } from './columns.js';
import { splitCsvLine } from './csv-line.js';
import type { ImportKind } from './import-kind.js';
import { ImportFileError } from './open-file.js';
import type { Rejection } from './rejection.js';
import { readTextLines, type TextLine } from './text-lines.js';

/** Lines of one transaction: enough to make the round trips cheap, few enough to be done in a moment. */
const BATCH_LINES = 1000;

export interface Batch {
  readonly header: Header;
  readonly rows: Row[];
  readonly rejected: Rejection[];
}

/**
 * The lines of a file in batches; the last one may be small, and a file with a header alone gives one empty batch.
 *
 * @throws ImportFileError when the file has no header, or one of another kind
 */
export async function* readBatches(kind: ImportKind, chunks: AsyncIterable<Buffer>): AsyncGenerator<Batch> {
  let batch: Batch | undefined;
  for await (const line of readTextLines(chunks)) {
    if (batch === undefined) {
      batch = { header: requireHeader(kind.columns, line), rows: [], rejected: [] };
      continue;
    }
    const read = readLine(kind, batch.header, line);
    if (isRejection(read)) batch.rejected.push(read);
    else batch.rows.push(read);
    if (batch.rows.length + batch.rejected.length === BATCH_LINES) {
      yield batch;
      batch = { header: batch.header, rows: [], rejected: [] };
    }
  }
  if (batch === undefined) throw new ImportFileError('the file is empty');
  yield batch;
}

function requireHeader(columns: Columns, { text }: TextLine): Header {
  const header = readHeader(columns, splitCsvLine(text ?? '') ?? []);
  if (typeof header === 'string') throw new ImportFileError(header);
  return header;
}

function readLine(kind: ImportKind, header: Header, { number, text }: TextLine): Row | Rejection {
  if (text === undefined) return { line: number, field: '', reason: 'the line is not UTF-8, or too long' };
  const fields = splitCsvLine(text);
  if (fields === undefined) return { line: number, field: '', reason: 'a quote is not closed' };
  const row = readRow(kind.columns, header, number, fields);
  if (isRejection(row)) return row;
  const fault = kind.check?.(row);
  return fault === undefined ? row : { line: number, ...fault };
}
