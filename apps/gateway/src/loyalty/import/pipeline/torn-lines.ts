import type { CsvRecord } from './csv-record.js';
import { ImportFileError } from './import-file-error.js';

/** A note in quotes has no more lines; where so many short ones follow each other, lines of this file are that short. */
const MOST_PIECES = 100;

const TORN = 'the line is short and stands before a quote without its other half: it may be a piece of another line';

/**
 * Finds lines that may be pieces of one: when the quote in front of a note of several lines is lost, each of its lines
 * passes for a line of the file, and its first field for the number of a card. The last piece has the other quote. So short
 * lines wait for what stands behind them; whole ones are handed on at once.
 *
 * @param width the fields of a whole line, until so many short ones follow each other that they are the rule
 * @returns the same records, those that may be pieces with a fault
 */
export async function* withoutPieces(records: AsyncIterable<CsvRecord>, width: number): AsyncGenerator<CsvRecord> {
  let whole = width;
  let short: CsvRecord[] = [];
  try {
    for await (const record of records) {
      if (hasLoneQuote(record)) {
        yield* short.map(torn);
        yield short.length > 0 ? torn(record) : record;
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
