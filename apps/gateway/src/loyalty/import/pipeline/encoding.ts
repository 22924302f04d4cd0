import { ImportFileError } from './import-file-error.js';

/** The encodings that are read, by the names of the Encoding Standard. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251';

const HEAD_BYTES = 512;
/** So many bytes are checked between two yields to other work: some tenths of a millisecond. */
const TURN_BYTES = 16 * 1024;

/** Bytes of windows-1251 other than ASCII and letters that Russian texts have: quotes, dashes, №, ё, і, ў, NBSP. */
const MARKS_OF_1251 = new Set([
  0x84, 0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x99, 0xa0, 0xa1, 0xa2, 0xa7, 0xa8, 0xab, 0xae, 0xb2, 0xb3, 0xb8,
  0xb9, 0xbb,
]);
/** A word of so many letters is long enough to distinguish Cyrillic encodings by its case. */
const MIN_LETTERS = 3;
/** How many times more bytes must violate UTF-8 than follow it before the file is treated as another encoding. */
const CLEARLY_NOT_UTF8 = 10;
/** Words that begin with a capital, against words with a capital after a small letter. */
const CLEARLY_1251 = 20;

/**
 * Reads a file once to its end and detects its encoding. So a damaged archive is found before anything is imported.
 *
 * Without a byte order mark it is UTF-8, unless nearly nothing is valid UTF-8 and words begin with capitals when read
 * as windows-1251. In KOI8-R, ISO-8859-5, CP866 and the old Mac encoding they do not: such a file is treated as damaged
 * UTF-8, and each line with such a letter is rejected.
 *
 * @param giveWay yields to other work
 * @throws ImportFileError when the file is UTF-16 without a byte order mark, or the archive around it is damaged
 */
export async function detectEncoding(chunks: AsyncIterable<Buffer>, giveWay: () => Promise<void>): Promise<Encoding> {
  const evidence = new Evidence();
  let head = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
    for (let at = 0; at < chunk.length; at += TURN_BYTES) {
      evidence.add(chunk.subarray(at, at + TURN_BYTES));
      await giveWay();
    }
  }
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head.includes(0)) {
    throw new ImportFileError('the file is UTF-16 without a byte order mark, or no text; save it as "CSV UTF-8"');
  }
  return evidence.speaksFor1251() ? 'windows-1251' : 'utf-8';
}

/** What the bytes beyond ASCII look like, as UTF-8 and as windows-1251. */
class Evidence {
  /** Characters of several bytes that are valid UTF-8, and bytes that are not. */
  private valid = 0;
  private invalid = 0;
  /** Bytes that the current character still needs. */
  private needed = 0;
  /** Bytes that Russian texts in windows-1251 do not have. */
  private strange = 0;
  private capitalised = 0;
  private mixed = 0;
  private letters = 0;
  private capitalFirst = false;
  private smallSeen = false;
  private capitalBehindSmall = false;
  private capitalsBehind = 0;

  add(bytes: Buffer): void {
    for (const byte of bytes) {
      if (byte < 0x80) {
        if (this.needed > 0) this.break();
        if (this.letters > 0) this.endWord();
      } else {
        this.addAsUtf8(byte);
        this.addAs1251(byte);
      }
    }
  }

  speaksFor1251(): boolean {
    this.endWord();
    return (
      this.invalid > CLEARLY_NOT_UTF8 * this.valid &&
      this.strange === 0 &&
      this.capitalised > 0 &&
      this.capitalised >= CLEARLY_1251 * this.mixed
    );
  }

  private addAsUtf8(byte: number): void {
    if (this.needed > 0 && byte < 0xc0) {
      this.needed -= 1;
      if (this.needed === 0) this.valid += 1;
      return;
    }
    if (this.needed > 0) this.break();
    if (byte >= 0xc2 && byte <= 0xf4) this.needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    else this.invalid += 1;
  }

  private break(): void {
    this.invalid += 1;
    this.needed = 0;
  }

  private addAs1251(byte: number): void {
    const small = byte >= 0xe0 || byte === 0xb8;
    const capital = (byte >= 0xc0 && byte < 0xe0) || byte === 0xa8;
    if (!small && !capital) {
      if (!MARKS_OF_1251.has(byte)) this.strange += 1;
      this.endWord();
      return;
    }
    if (this.letters === 0) this.capitalFirst = capital;
    else if (capital) {
      this.capitalsBehind += 1;
      if (this.smallSeen) this.capitalBehindSmall = true;
    }
    this.smallSeen ||= small;
    this.letters += 1;
  }

  private endWord(): void {
    if (this.letters >= MIN_LETTERS) {
      if (this.capitalBehindSmall) this.mixed += 1;
      else if (this.capitalFirst && this.capitalsBehind === 0) this.capitalised += 1;
    }
    this.letters = 0;
    this.smallSeen = false;
    this.capitalBehindSmall = false;
    this.capitalsBehind = 0;
  }
}
