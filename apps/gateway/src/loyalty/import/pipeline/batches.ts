import { isRejection, readHeader, readRow, type Columns, type Header, type Row } from './columns.js';
import type { CsvRecord } from './csv-record.js';
import { readCsvRecords } from './csv-records.js';
import { detectEncoding } from './encoding.js';
import { ImportFileError } from './import-file-error.js';
import type { ImportKind } from './import-kind.js';
import type { ImportSource } from './import-source.js';
import type { Rejection } from './rejection.js';
import { withoutPieces } from './torn-lines.js';

/** Lines of one transaction: enough to make the round trips cheap, few enough to be done in a moment. */
const BATCH_LINES = 1000;
/** A batch ends at so many rejected lines, so that its report stays small. */
const BATCH_REJECTIONS = 250;

export interface Batch {
  readonly header: Header;
  readonly rows: Row[];
  readonly rejected: Rejection[];
}

/**
 * The lines of a file in batches; the last one may be small, and a file with only a header gives one empty batch. The
 * file is first read to its end once: a damaged file is found before anything is imported.
 *
 * @param giveWay yields to other work of this process; called after every few lines
 * @throws ImportFileError when the file has no header, has the header of another kind, or is damaged
 */
export async function* readBatches(
  kind: ImportKind,
  source: ImportSource,
  giveWay: () => Promise<void>,
): AsyncGenerator<Batch> {
  const encoding = await detectEncoding(source.read(), giveWay);
  const records = readCsvRecords(source.read(), encoding, giveWay);
  let batch: Batch | undefined;
  try {
    const header = await readFirstLine(kind.columns, records);
    batch = { header, rows: [], rejected: [] };
    for await (const record of withoutPieces(records, header.width)) {
      const read = readRecord(kind, header, record);
      if (isRejection(read)) batch.rejected.push(read);
      else batch.rows.push(read);
      if (batch.rows.length === BATCH_LINES || batch.rejected.length === BATCH_REJECTIONS) {
        yield batch;
        batch = { header, rows: [], rejected: [] };
      }
    }
  } catch (error) {
    // Lines before the place where the file becomes unreadable are imported.
    if (batch !== undefined && error instanceof ImportFileError) yield batch;
    throw error;
  } finally {
    // A file whose header is refused is closed too.
    await records.return(undefined);
  }
  yield batch;
}

async function readFirstLine(columns: Columns, records: AsyncGenerator<CsvRecord>): Promise<Header> {
  for (;;) {
    const next = await records.next();
    if (next.done === true) throw new ImportFileError('the file is empty');
    if (!isSeparatorLine(next.value)) return requireHeader(columns, next.value);
  }
}

/** Excel reads the separator from a line in front of the header. */
function isSeparatorLine({ line, fields: [first = '', ...others] }: CsvRecord): boolean {
  if (line !== 1 || !/^\s*sep=/i.test(first)) return false;
  if (/^\s*sep=;?$/i.test(first.trim()) && others.every((field) => field.trim() === '')) return true;
  throw new ImportFileError('the first line says that columns are separated otherwise; they are separated by ;');
}

function requireHeader(columns: Columns, { fields, fault }: CsvRecord): Header {
  if (fault !== undefined) throw new ImportFileError(`the first line names no columns: ${fault}`);
  const header = readHeader(columns, fields);
  if (typeof header === 'string') throw new ImportFileError(header);
  return header;
}

/** The replacement of an invalid byte, made here or by the source of the file. */
const LOST_CHARACTER = '\ufffd';

function readRecord(kind: ImportKind, header: Header, { line, fields, fault, ended }: CsvRecord): Row | Rejection {
  if (fault !== undefined) return { line, field: '', reason: fault };
  if (fields.some((field) => field.includes(LOST_CHARACTER))) {
    return { line, field: '', reason: 'the line is not UTF-8, or characters were lost before it was sent' };
  }
  if (!ended && fields.length < header.width) {
    return { line, field: '', reason: 'the file ends within this line, which is too short: it may be cut off' };
  }
  const row = readRow(kind.columns, header, line, fields);
  if (isRejection(row)) return row;
  const wrong = kind.check?.(row);
  return wrong === undefined ? row : { line, ...wrong };
}
