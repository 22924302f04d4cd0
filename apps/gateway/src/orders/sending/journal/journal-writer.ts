import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Coalescer } from '../../../storage/coalescer.js';
import { encodeLine, type JournalEntry, type SegmentOpened } from './journal-line.js';
import { segmentName } from './segment-files.js';

/** A position between two lines of a journal. */
export interface JournalPlace {
  /** The number of the line before it; 0 at the beginning. */
  readonly seq: number;
  /** The first number of the segment it is in. */
  readonly segment: number;
  /** Bytes from the beginning of that segment. */
  readonly bytes: number;
}

/** A line that is on disk. */
export interface WrittenLine {
  readonly entry: JournalEntry;
  readonly seq: number;
  /** The text with its line feed. */
  readonly text: string;
  readonly before: JournalPlace;
}

export interface WriterOptions {
  readonly directory: string;
  readonly journal: string;
  /** The first line of a segment. */
  readonly opening: (afterFailure: boolean) => SegmentOpened;
  /** A segment takes no further line once it is as long or as old; the next one begins. */
  readonly segmentBytes: number;
  readonly segmentMs: number;
  /** Called as soon as lines are on disk. */
  readonly onWritten: (lines: readonly WrittenLine[]) => void;
}

interface OpenSegment {
  readonly file: FileHandle;
  readonly firstSeq: number;
  readonly openedAt: number;
  bytes: number;
}

/** Against the commit of a settlement, which happens beside it, twenty milliseconds are nothing. */
const LINGER_MS = 20;

/** Owner only: the keys of producers are no one else's business. */
const MODES = { folder: 0o700, file: 0o600 } as const;

/**
 * Appends lines to a journal. Lines that come together share one write and one `fdatasync`; each resolves when it is on
 * disk. A segment that could not be written is left as it is, and the next line begins another one.
 */
export class JournalWriter {
  private readonly appending: Coalescer<JournalEntry, WrittenLine>;
  private segment: OpenSegment | undefined;
  private lastSeq = 0;
  private durableEnd: JournalPlace = { seq: 0, segment: 1, bytes: 0 };
  private hasFailed = false;
  private readonly waiting: (() => Promise<void>)[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: WriterOptions) {
    this.appending = new Coalescer((entries) => this.write(entries), { maxBatch: 4_096, maxConcurrent: 1 });
  }

  /** @throws an error of the file system; the line may or may not be on disk then */
  append(entry: JournalEntry): Promise<WrittenLine> {
    this.submitWaiting();
    return this.appending.submit(entry);
  }

  /** As `append`, for a line that no one waits for: it is written with the next one, or after a moment. */
  appendSoon(entry: JournalEntry): Promise<WrittenLine> {
    this.timer ??= setTimeout(() => this.submitWaiting(), LINGER_MS);
    return new Promise((resolve, reject) => {
      this.waiting.push(() => this.appending.submit(entry).then(resolve, reject));
    });
  }

  /** The position after the last line that is on disk. */
  get end(): JournalPlace {
    return this.durableEnd;
  }

  async close(): Promise<void> {
    this.submitWaiting();
    await this.appending.idle();
    const { segment } = this;
    this.segment = undefined;
    await segment?.file.close();
  }

  private submitWaiting(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const submit of this.waiting.splice(0)) void submit();
  }

  private async write(entries: readonly JournalEntry[]): Promise<WrittenLine[]> {
    try {
      const segment = await this.usableSegment();
      const { lines, bytes } = this.number(entries, segment);
      await this.commit(segment, lines, bytes);
      this.hasFailed = false;
      return lines;
    } catch (error) {
      await this.abandon();
      throw error;
    }
  }

  private async commit(segment: OpenSegment, lines: readonly WrittenLine[], bytes: Buffer): Promise<void> {
    await writeAll(segment, bytes);
    this.durableEnd = { seq: this.lastSeq, segment: segment.firstSeq, bytes: segment.bytes };
    this.options.onWritten(lines);
  }

  private number(entries: readonly JournalEntry[], segment: OpenSegment): { lines: WrittenLine[]; bytes: Buffer } {
    let bytes = segment.bytes;
    const lines = entries.map((entry): WrittenLine => {
      const before = { seq: this.lastSeq, segment: segment.firstSeq, bytes };
      this.lastSeq += 1;
      const text = encodeLine({ seq: this.lastSeq, entry });
      bytes += Buffer.byteLength(text);
      return { entry, seq: this.lastSeq, text, before };
    });
    return { lines, bytes: Buffer.from(lines.map(({ text }) => text).join('')) };
  }

  private async usableSegment(): Promise<OpenSegment> {
    const { segment, options } = this;
    if (segment !== undefined) {
      const isFull = segment.bytes >= options.segmentBytes || performance.now() - segment.openedAt >= options.segmentMs;
      if (!isFull) return segment;
      this.segment = undefined;
      await segment.file.close();
    }
    return await this.openSegment();
  }

  private async openSegment(): Promise<OpenSegment> {
    const { directory, journal, opening } = this.options;
    await mkdir(directory, { recursive: true, mode: MODES.folder });
    const firstSeq = this.lastSeq + 1;
    const file = await open(join(directory, segmentName(journal, firstSeq)), 'ax', MODES.file);
    const segment: OpenSegment = { file, firstSeq, openedAt: performance.now(), bytes: 0 };
    this.segment = segment;
    const { lines, bytes } = this.number([opening(this.hasFailed)], segment);
    await this.commit(segment, lines, bytes);
    await syncFolder(directory);
    return segment;
  }

  private async abandon(): Promise<void> {
    const { segment } = this;
    this.hasFailed = true;
    this.segment = undefined;
    // A name that may have been taken is not tried again.
    this.lastSeq += 1;
    await segment?.file.close().catch(() => undefined);
  }
}

async function writeAll(segment: OpenSegment, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.byteLength;) {
    done += (await segment.file.write(bytes, done)).bytesWritten;
  }
  await segment.file.datasync();
  segment.bytes += bytes.byteLength;
}

/** A file is on disk only when its name is. */
async function syncFolder(directory: string): Promise<void> {
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
