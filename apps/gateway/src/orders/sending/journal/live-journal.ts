import { open } from 'node:fs/promises';
import { decodeLine, type SegmentOpened } from './journal-line.js';
import type { JournalMark } from './journal-marks.js';
import { isAlive } from './process-sign.js';
import type { Holder } from './remembered-attempt.js';
import type { JournalFiles } from './segment-files.js';

/** An opening line is much shorter. */
const PEEK_BYTES = 4_096;

/** What the first line of a journal's last segment says; undefined when it cannot be read or is damaged. */
export async function peekOpening({ segments }: JournalFiles): Promise<SegmentOpened | undefined> {
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  try {
    const file = await open(last.path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(PEEK_BYTES), 0, PEEK_BYTES, 0);
      const text = buffer.toString('utf8', 0, bytesRead);
      const entry = decodeLine(text.slice(0, Math.max(0, text.indexOf('\n'))))?.entry;
      return entry?.kind === 'opened' ? entry : undefined;
    } finally {
      await file.close();
    }
  } catch {
    // The reader of the whole file reports why it cannot be read.
    return undefined;
  }
}

/**
 * Whether the writer of a journal may still be alive: on this machine by the pid and the start of its process; on
 * another machine or in another container by its sign of life in the ledger.
 */
export function holderOf(opening: SegmentOpened | undefined, mark: JournalMark | undefined): Holder {
  const isHere = opening === undefined ? undefined : isAlive(opening);
  if (isHere !== undefined) return isHere ? 'alive' : 'gone';
  return mark?.isFresh === true ? 'perhaps' : 'gone';
}
