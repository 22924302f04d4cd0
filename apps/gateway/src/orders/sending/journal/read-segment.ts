import { createReadStream } from 'node:fs';
import { decodeLine, MAX_LINE_BYTES, peekSeq, type JournalLine } from './journal-line.js';

/** A line with the position after it, in bytes from the beginning of its file. */
export interface PlacedLine extends JournalLine {
  readonly endsAt: number;
}

/** The faults of a file; positions are bytes from its beginning. */
export interface SegmentDamage {
  /** Lines whose checksum does not hold, and where the first of them begins. */
  damagedLines: number;
  firstDamageAt: number | undefined;
  /** Where the last line begins when it has no end: its process was stopped while it wrote. */
  tornAt: number | undefined;
  /** Lines that came a second time. */
  repeatedLines: number;
  /** The numbers that no line has, from and to. */
  readonly gaps: (readonly [number, number])[];
}

export interface SegmentRange {
  /** Where to begin, in bytes; a line must begin there. */
  readonly from: number;
  /** Lines up to this number are passed over. */
  readonly afterSeq: number;
}

export interface SegmentReading {
  /** The lines that hold, in order, as many at once as one reading of the disk gave. */
  readonly lines: AsyncGenerator<readonly PlacedLine[], void, undefined>;
  /** Complete once the lines have been read to their end. */
  readonly damage: Readonly<SegmentDamage>;
}

/** The disk does not give a file. */
export class SegmentReadError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** So many gaps are reported one by one. */
const MOST_GAPS = 20;
const LF = 0x0a;

/**
 * Reads a segment as a stream, in memory that does not grow with it. Whatever is damaged is passed over and counted, and
 * reading continues with the next line.
 *
 * @throws SegmentReadError (the generator)
 */
export function readSegment(path: string, { from, afterSeq }: SegmentRange): SegmentReading {
  const damage: SegmentDamage = {
    damagedLines: 0,
    firstDamageAt: undefined,
    tornAt: undefined,
    repeatedLines: 0,
    gaps: [],
  };
  return { lines: read(path, from, afterSeq, damage), damage };
}

async function* read(
  path: string,
  from: number,
  afterSeq: number,
  damage: SegmentDamage,
): AsyncGenerator<readonly PlacedLine[], void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  /** Where `rest` begins. */
  let offset = from;
  let lastSeq: number | undefined = from > 0 ? afterSeq : undefined;
  /** Damaged lines since the last one that held: they had the numbers that are missing. */
  let damagedSince = 0;
  let isPassing = from === 0 && afterSeq > 0;
  const judge = (text: string, beginsAt: number, endsAt: number): PlacedLine | undefined => {
    if (isPassing) {
      // Skipped lines need no checksum: on a long file that saves most of the time.
      const seq = peekSeq(text);
      if (seq !== undefined && seq <= afterSeq) {
        lastSeq = afterSeq;
        return undefined;
      }
      isPassing = false;
    }
    const line = decodeLine(text);
    if (line === undefined) {
      damage.damagedLines += 1;
      damage.firstDamageAt ??= beginsAt;
      damagedSince += 1;
      return undefined;
    }
    if (lastSeq !== undefined && line.seq <= lastSeq) {
      damage.repeatedLines += 1;
      return undefined;
    }
    if (lastSeq !== undefined && line.seq > lastSeq + 1 + damagedSince && damage.gaps.length < MOST_GAPS) {
      damage.gaps.push([lastSeq + 1, line.seq - 1]);
    }
    lastSeq = line.seq;
    damagedSince = 0;
    return { ...line, endsAt };
  };
  for await (const chunk of chunksOf(path, from)) {
    const bytes = rest.byteLength === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: PlacedLine[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, start)) {
      const line = judge(bytes.toString('utf8', start, end), offset + start, offset + end + 1);
      if (line !== undefined) lines.push(line);
      start = end + 1;
    }
    rest = bytes.subarray(start);
    offset += start;
    if (rest.byteLength > MAX_LINE_BYTES) {
      // No line of ours is as long; its end will be damaged too, and counted again.
      damage.damagedLines += 1;
      damage.firstDamageAt ??= offset;
      offset += rest.byteLength;
      rest = Buffer.alloc(0);
    }
    if (lines.length > 0) yield lines;
  }
  if (rest.byteLength > 0) damage.tornAt = offset;
}

async function* chunksOf(path: string, start: number): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const chunk of createReadStream(path, { start, highWaterMark: 256 * 1024 })) yield chunk as Buffer;
  } catch (error) {
    throw new SegmentReadError((error as NodeJS.ErrnoException).code ?? 'EIO');
  }
}
