import { cutRecord, MOST_CHARACTERS, type CsvRecord, type LineEnd } from './csv-record.js';
import type { Encoding } from './encoding.js';

/** So much text is parsed at a time, in less than a millisecond; then other work of this process runs. */
const TURN_CHARACTERS = 2 * 1024;

/**
 * Parses a stream of bytes into the records of a CSV file. It holds one record and one chunk at a time. Empty lines are
 * counted and skipped. An invalid byte becomes U+FFFD, so that a damaged line affects no other.
 *
 * @param giveWay yields to other work; a stream with buffered data would not
 * @throws ImportFileError when a quote is not closed
 */
export async function* readCsvRecords(
  chunks: AsyncIterable<Buffer>,
  encoding: Encoding,
  giveWay: () => Promise<void>,
): AsyncGenerator<CsvRecord> {
  const decoder = new TextDecoder(encoding);
  const cutter = new CsvCutter();
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    for (let at = 0; at < text.length; at += TURN_CHARACTERS) {
      yield* cutter.add(text.slice(at, at + TURN_CHARACTERS));
      await giveWay();
    }
  }
  yield* cutter.add(decoder.decode());
  yield* cutter.end();
}

const TOO_LONG = `the line is longer than ${MOST_CHARACTERS} characters`;

/** Parses text into records as it arrives. */
export class CsvCutter {
  private rest = '';
  private line = 1;
  private lineEnd: LineEnd | undefined;
  /** The record that is too long, while its end has not come. */
  private skipping: { readonly line: number; inQuotes: boolean } | undefined;

  /** Takes more text, and gives the records that end in it. */
  add(text: string): Generator<CsvRecord> {
    this.rest += text;
    return this.cut(false);
  }

  /** The records of the remaining text. */
  end(): Generator<CsvRecord> {
    return this.cut(true);
  }

  private *cut(whole: boolean): Generator<CsvRecord> {
    this.lineEnd ??= lineEndOf(this.rest, whole);
    // Without a line end no record is complete yet.
    const lineEnd = this.lineEnd ?? '\n';
    let from = 0;
    while (from < this.rest.length) {
      if (this.skipping !== undefined) {
        const skipped = this.skip(from, lineEnd, this.skipping);
        from = skipped.next;
        if (!skipped.ended) break;
        yield tooLong(this.skipping.line);
        this.skipping = undefined;
        continue;
      }
      const cut = cutRecord(this.rest, from, this.line, lineEnd, whole);
      if (typeof cut === 'string') {
        if (cut === 'in quotes' || this.rest.length - from <= MOST_CHARACTERS) break;
        this.skipping = { line: this.line, inQuotes: false };
        from = this.rest.length;
        break;
      }
      from = cut.next;
      this.line += cut.lineEnds;
      if (cut.record.fault === undefined && cut.record.fields.every((field) => field.trim() === '')) continue;
      yield lengthOf(cut.record) > MOST_CHARACTERS ? tooLong(cut.record.line) : cut.record;
    }
    this.rest = this.rest.slice(from);
    if (whole && this.skipping !== undefined) yield tooLong(this.skipping.line);
  }

  /** Looks for the end of a line that is too long; quotes in it may hide line ends. */
  private skip(from: number, lineEnd: LineEnd, record: { inQuotes: boolean }): { next: number; ended: boolean } {
    for (let at = from; at < this.rest.length; at += 1) {
      if (this.rest[at] === '"') record.inQuotes = !record.inQuotes;
      if (this.rest[at] !== lineEnd) continue;
      this.line += 1;
      if (!record.inQuotes) return { next: at + 1, ended: true };
    }
    return { next: this.rest.length, ended: false };
  }
}

function lengthOf({ fields }: CsvRecord): number {
  return fields.reduce((length, field) => length + field.length + 1, -1);
}

function tooLong(line: number): CsvRecord {
  return { line, fields: [], fault: TOO_LONG, ended: true };
}

/** How the first line ends; `undefined` while that is not known yet. */
function lineEndOf(text: string, whole: boolean): LineEnd | undefined {
  let at = text.search(/[\r\n]/);
  if (at === -1) return undefined;
  while (text[at] === '\r') at += 1;
  if (text[at] === '\n') return '\n';
  return at === text.length && !whole ? undefined : '\r';
}
