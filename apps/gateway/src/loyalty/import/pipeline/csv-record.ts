import { ImportFileError } from './import-file-error.js';

/** A line of a CSV file, or several when a field in quotes has line breaks in it. */
export interface CsvRecord {
  /** The line it begins in, from 1, as an editor counts. */
  readonly line: number;
  readonly fields: readonly string[];
  /** Why its fields cannot be trusted. */
  readonly fault?: string;
  /** Whether the unquoted fields have an odd number of quotes: one may be unmatched. */
  readonly loneQuote?: true;
  /** Whether a line end follows; the last record of a file may have none. */
  readonly ended: boolean;
}

/** How lines end: with LF after any number of CR, or with CR alone. The first line decides. */
export type LineEnd = '\n' | '\r';

/** A record, and where in the text the next one begins. */
export interface Cut {
  readonly record: CsvRecord;
  readonly next: number;
  /** How many line ends it contains, its own included. */
  readonly lineEnds: number;
}

/** The text ends within the record: inside quotes, or not. */
export type Unfinished = 'in quotes' | 'in a line';

/** Far longer than any real line; an unclosed quote must not fill the memory or swallow the file. */
export const MOST_CHARACTERS = 64 * 1024;
const MOST_LINES = 100;

const BEHIND_QUOTE = 'has text after a closing quote; double a quote inside a quoted field';
const NOTHING_MORE = 'nothing from this line on was imported: correct it and send the file again';
const SEPARATOR = ';';

/**
 * Cuts one record from a text.
 *
 * A quoted field may contain separators, line breaks and doubled quotes, and have blanks around the quotes. A field
 * that does not begin with a quote is taken literally, as spreadsheets do: `ООО "Ромашка"` is valid. Text after a
 * closing quote is a fault: the record then ends at the first line end outside quotes, counted from there, so that no
 * remainder is read as a record.
 *
 * @param from where the record begins
 * @param line the number of its first line
 * @param whole whether the text goes to the end of the file
 * @throws ImportFileError when a quote is not closed within 100 lines or by the end of the file: the text after it
 *   cannot be distinguished from quoted text
 */
export function cutRecord(
  text: string,
  from: number,
  line: number,
  lineEnd: LineEnd,
  whole: boolean,
): Cut | Unfinished {
  const end = text.indexOf(lineEnd, from);
  if (end === -1 && !whole) return unfinishedIn(text, from, line);
  const last = end === -1 ? text.length : end;
  const simple = text.slice(from, last);
  if (!simple.includes('"')) {
    const fields = withoutReturns(simple).split(SEPARATOR);
    return { record: { line, fields, ended: end !== -1 }, next: last + 1, lineEnds: 1 };
  }
  return new RecordScan(text, from, line, lineEnd, whole).run();
}

/** Of a text without a line end to its end: whether a quote is open there. Only a long one has to know. */
function unfinishedIn(text: string, from: number, line: number): Unfinished {
  if (text.length - from <= MOST_CHARACTERS) return 'in a line';
  const scan = new RecordScan(text, from, line, '\n', false).run();
  return scan === 'in quotes' ? scan : 'in a line';
}

function withoutReturns(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\r') end -= 1;
  return text.slice(0, end);
}

/** The scan of a record with quotes in it. */
class RecordScan {
  private readonly fields: string[] = [];
  /** Quotes within fields that do not begin with one. */
  private strayQuotes = 0;
  /** Line ends up to `counted`. */
  private lineEnds = 0;
  private counted: number;

  constructor(
    private readonly text: string,
    private readonly from: number,
    private readonly line: number,
    private readonly lineEnd: LineEnd,
    private readonly whole: boolean,
  ) {
    this.counted = from;
  }

  run(): Cut | Unfinished {
    let at = this.from;
    for (;;) {
      const start = this.skipBlanks(at);
      if (this.text[start] !== '"') {
        const end = this.endOfPlainField(at);
        if (end === this.text.length && !this.whole) return 'in a line';
        const field = withoutReturns(this.text.slice(at, end));
        this.fields.push(field);
        this.strayQuotes += field.split('"').length - 1;
        if (this.text[end] !== SEPARATOR) return this.cut(end);
        at = end + 1;
        continue;
      }
      const close = this.closingQuote(start);
      if (typeof close === 'string') return close;
      this.fields.push(this.unquote(start + 1, close));
      const behind = this.skipBlanks(close + 1);
      if (behind === this.text.length && !this.whole) return 'in a line';
      if (this.text[behind] === SEPARATOR) at = behind + 1;
      else if (behind === this.text.length || this.text[behind] === this.lineEnd) return this.cut(behind);
      else return this.cutDamaged(behind);
    }
  }

  /** The index of the quote that closes the one at `start`. */
  private closingQuote(start: number): number | Unfinished {
    for (let at = start + 1; ;) {
      const quote = this.text.indexOf('"', at);
      if (quote !== -1 && this.text[quote + 1] === '"') {
        at = quote + 2;
        continue;
      }
      this.checkSize(quote === -1 ? this.text.length : quote);
      if (quote === -1) return this.unclosed();
      // Behind the last character that is here another quote may come, which would make it a doubled one.
      return quote + 1 === this.text.length && !this.whole ? 'in quotes' : quote;
    }
  }

  private checkSize(until: number): void {
    this.count(until);
    if (until - this.from <= MOST_CHARACTERS && this.lineEnds < MOST_LINES) return;
    throw new ImportFileError(`${this.notClosed()} within ${MOST_LINES} lines; ${NOTHING_MORE}`);
  }

  /** What it means that the text ends inside quotes. */
  private unclosed(): Unfinished {
    if (!this.whole) return 'in quotes';
    throw new ImportFileError(`${this.notClosed()}; ${NOTHING_MORE}`);
  }

  private notClosed(): string {
    return `in line ${this.line} a quote is opened that is not closed`;
  }

  private unquote(from: number, to: number): string {
    return this.text
      .slice(from, to)
      .replaceAll('""', '"')
      .replaceAll(/\r*\n|\r/g, '\n');
  }

  private endOfPlainField(from: number): number {
    const separator = this.text.indexOf(SEPARATOR, from);
    const end = this.text.indexOf(this.lineEnd, from);
    const ends = [separator, end].filter((place) => place !== -1);
    return ends.length === 0 ? this.text.length : Math.min(...ends);
  }

  private skipBlanks(from: number): number {
    let at = from;
    while (isBlank(this.text[at], this.lineEnd)) at += 1;
    return at;
  }

  /** The end of a record with unmatched quotes: each further quote may open or close. */
  private cutDamaged(from: number): Cut | Unfinished {
    let inside = false;
    for (let at = from; at < this.text.length; at += 1) {
      if (this.text[at] === '"') inside = !inside;
      else if (!inside && this.text[at] === this.lineEnd) {
        this.checkSize(at);
        return this.cut(at, BEHIND_QUOTE);
      }
    }
    if (inside) {
      this.checkSize(this.text.length);
      return this.unclosed();
    }
    return this.whole ? this.cut(this.text.length, BEHIND_QUOTE) : 'in a line';
  }

  private cut(end: number, fault?: string): Cut {
    this.count(end);
    const record = {
      line: this.line,
      fields: this.fields,
      ended: end < this.text.length,
      ...(fault === undefined ? {} : { fault }),
      ...(this.strayQuotes % 2 === 1 ? { loneQuote: true as const } : {}),
    };
    return { record, next: end + 1, lineEnds: this.lineEnds + 1 };
  }

  private count(until: number): void {
    for (let at = this.text.indexOf(this.lineEnd, this.counted); at !== -1 && at < until;) {
      this.lineEnds += 1;
      at = this.text.indexOf(this.lineEnd, at + 1);
    }
    this.counted = Math.max(this.counted, until);
  }
}

function isBlank(character: string | undefined, lineEnd: LineEnd): boolean {
  return character === ' ' || character === '\t' || character === '\u00a0' || (character === '\r' && lineEnd === '\n');
}
