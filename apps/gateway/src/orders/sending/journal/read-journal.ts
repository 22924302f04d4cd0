import { stat } from 'node:fs/promises';
import type { JournalComparer } from './journal-comparer.js';
import {
  copyNotice,
  foreignNotice,
  missingSegmentFault,
  remarkDamage,
  truncatedFault,
  unreadableFault,
  type Remarks,
} from './journal-faults.js';
import type { JournalMark } from './journal-marks.js';
import type { JournalPlace } from './journal-writer.js';
import { readSegment, SegmentReadError, type PlacedLine } from './read-segment.js';
import type { JournalFiles, Segment } from './segment-files.js';

/** How far the files of a journal were read. */
export interface JournalReading {
  /** The position after the last line. */
  readonly place: JournalPlace;
  /** Every line behind the mark was read and held. */
  readonly isWhole: boolean;
  /** The ledger may remember that it was compared: nothing could not be read, and no file is a copy of another. */
  readonly isMarkable: boolean;
  /** It belongs to another ledger, which was noticed at its first line. */
  readonly isForeign: boolean;
}

/**
 * Reads what a journal has behind its mark, segment by segment, into a comparer. Files that disappear meanwhile were
 * deleted by another process because they were old and compared.
 *
 * @param mark how far it was compared; undefined for not at all
 */
export async function readJournal(
  { journal, segments }: JournalFiles,
  mark: JournalMark | undefined,
  comparer: JournalComparer,
  remarks: Remarks,
  isLive: boolean,
): Promise<JournalReading> {
  let place: JournalPlace = mark ?? { seq: 0, segment: 1, bytes: 0 };
  let isWhole = true;
  let isMarkable = true;
  let isFirst = true;
  for (const segment of unread(segments, mark)) {
    const own = await readOne(journal, segment, place, mark, { isFirst, isLive }, comparer, remarks);
    if (own === 'foreign') return { place, isWhole, isMarkable: false, isForeign: true };
    isFirst = false;
    if (own === 'gone') continue;
    isWhole &&= own.isWhole;
    isMarkable &&= own.isMarkable;
    place = own.place;
  }
  return { place, isWhole, isMarkable, isForeign: false };
}

/** From the segment on that has the first line behind the mark. */
function unread(segments: readonly Segment[], mark: JournalMark | undefined): readonly Segment[] {
  if (mark === undefined) return segments;
  const next = segments.findIndex(({ firstSeq }) => firstSeq > mark.seq);
  if (next === -1) return segments.slice(-1);
  return segments.slice(Math.max(0, next - 1));
}

type OneReading = 'foreign' | 'gone' | Omit<JournalReading, 'isForeign'>;

async function readOne(
  journal: string,
  { path, firstSeq }: Segment,
  before: JournalPlace,
  mark: JournalMark | undefined,
  { isFirst, isLive }: { isFirst: boolean; isLive: boolean },
  comparer: JournalComparer,
  remarks: Remarks,
): Promise<OneReading> {
  const from = mark !== undefined && mark.segment === firstSeq && before.seq === mark.seq ? mark.bytes : 0;
  let seq = before.seq;
  let bytes = from;
  let hasGap = false;
  let isBroken = false;
  let isCopy = false;
  const reading = readSegment(path, { from, afterSeq: before.seq });
  try {
    const size = await sizeOf(path);
    if (size < from) remarks.faults.push(truncatedFault(path, size, from));
    for await (const lines of reading.lines) {
      const [first] = lines as [PlacedLine];
      const { entry } = first;
      if (bytes === from && from === 0 && entry.kind === 'opened') {
        isCopy = entry.journal !== journal;
        if (isCopy) remarks.notices.push(copyNotice(path, entry.journal));
        hasGap = first.seq > seq + 1 && !entry.afterFailure && (mark !== undefined || !isFirst);
        if (hasGap) remarks.faults.push(missingSegmentFault(path, seq + 1, first.seq - 1));
      }
      for (const line of lines) {
        if (!(await comparer.add(line.entry))) {
          remarks.notices.push(foreignNotice(path, line.entry.ledgerId));
          return 'foreign';
        }
      }
      ({ seq, endsAt: bytes } = lines.at(-1) as PlacedLine);
    }
  } catch (error) {
    if (!(error instanceof SegmentReadError)) throw error;
    if (error.code === 'ENOENT') return 'gone';
    remarks.faults.push(unreadableFault(path, error));
    isBroken = true;
  }
  remarkDamage(remarks, path, reading.damage, isLive);
  const { damagedLines, gaps } = reading.damage;
  return {
    place: { seq, segment: firstSeq, bytes },
    isWhole: !hasGap && !isBroken && damagedLines === 0 && gaps.length === 0,
    isMarkable: !isBroken && !isCopy,
  };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    throw new SegmentReadError((error as NodeJS.ErrnoException).code ?? 'EIO');
  }
}
