import { stat, unlink } from 'node:fs/promises';
import type { Pool } from 'pg';
import { findMarks, deleteMarks, type JournalMark } from './journal-marks.js';
import { holderOf, peekOpening } from './live-journal.js';
import { listJournals, type JournalFiles, type Segment } from './segment-files.js';

const DAY_MS = 86_400_000;

/**
 * Removes segments that nothing was written to for so many days and of which the ledger has every attempt; never one of
 * another ledger, and never the last one of a process that is alive.
 *
 * @returns the files that were removed
 */
export async function deleteSegments(pool: Pool, directory: string, days: number): Promise<string[]> {
  const marks = await findMarks(pool);
  const { journals } = await listJournals(directory).catch(() => ({ journals: [] }));
  const removed: string[] = [];
  for (const files of journals) {
    const mark = marks.get(files.journal);
    if (mark === undefined) continue;
    const old = await findDeletable(files, mark, Date.now() - days * DAY_MS);
    for (const path of old) if (await remove(path)) removed.push(path);
    if (old.length === files.segments.length) await deleteMarks(pool, [files.journal]);
  }
  return removed;
}

async function findDeletable(files: JournalFiles, mark: JournalMark, before: number): Promise<string[]> {
  const { segments } = files;
  const old: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1];
    const isCompared =
      next === undefined
        ? (await isEndCompared(segment, mark)) && holderOf(await peekOpening(files), mark) === 'gone'
        : next.firstSeq - 1 <= mark.seq;
    if (!isCompared || !(await isOlder(segment, before))) break;
    old.push(segment.path);
  }
  return old;
}

async function isEndCompared({ path, firstSeq }: Segment, mark: JournalMark): Promise<boolean> {
  if (mark.segment !== firstSeq) return false;
  const size = await stat(path).then(
    (stats) => stats.size,
    () => undefined,
  );
  return size === mark.bytes;
}

async function isOlder({ path }: Segment, before: number): Promise<boolean> {
  return await stat(path).then(
    ({ mtimeMs }) => mtimeMs < before,
    () => false,
  );
}

/** Another process may have been first, or the folder be read-only: the file is then there the next time, or never. */
async function remove(path: string): Promise<boolean> {
  return await unlink(path).then(
    () => true,
    () => false,
  );
}
