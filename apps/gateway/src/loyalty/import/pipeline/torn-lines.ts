import type { CsvRecord } from './csv-record.js';
import { ImportFileError } from './import-file-error.js';

/** A quoted note has fewer lines; where so many short lines follow each other, short lines are normal in this file. */
const MOST_PIECES = 100;

const TORN = 'the line is short and precedes an unmatched quote: it may be a piece of another line';

/**
 * Finds lines that may be pieces of one: when the opening quote of a note of several lines is lost, each of its lines
 * looks like a line of the file, and its first field like a card number. The last piece has the closing quote. So short
 * lines wait for the lines after them; complete lines are passed on at once.
 *
 * @param width the number of fields of a complete line
 * @returns the same records, those that may be pieces with a fault
 */
export async function* withoutPieces(records: AsyncIterable<CsvRecord>, width: number): AsyncGenerator<CsvRecord> {
  let whole = width;
  let short: CsvRecord[] = [];
  try {
    for await (const record of records) {
      if (hasLoneQuote(record)) {
        yield* short.map(torn);
        // By itself it may begin with the quote that another line has lost, or end a note whose other lines look complete.
        yield short.length > 0 || record.fields.length < whole ? torn(record) : record;
        short = [];
        continue;
      }
      short.push(record);
      if (short.length > MOST_PIECES) whole = Math.max(...short.map(({ fields }) => fields.length));
      if (record.fields.length >= whole || short.length > MOST_PIECES) {
        yield* short;
        short = [];
      }
    }
  } catch (error) {
    // A quote that is not closed: it may be the second one of a note.
    if (error instanceof ImportFileError) yield* short.map(torn);
    throw error;
  }
  yield* short;
}

function hasLoneQuote({ fields, fault, loneQuote }: CsvRecord): boolean {
  return (fault !== undefined && fields.length > 0) || loneQuote === true;
}

function torn(record: CsvRecord): CsvRecord {
  return { ...record, fault: record.fault ?? TORN };
}
