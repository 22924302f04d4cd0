import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalEntry, SegmentOpened } from '../journal-line.js';
import { segmentName } from '../segment-files.js';
import { linesOf, opened } from './lines.js';

/** A folder with journals of processes that have ended. */
export interface JournalFolder {
  readonly directory: string;
  /** Writes the journal of one process, in one segment unless lines are added to it. @returns its id and its file */
  write(entries: readonly JournalEntry[], given?: Partial<SegmentOpened>): Promise<{ journal: string; path: string }>;
  remove(): Promise<void>;
}

export async function openJournalFolder(): Promise<JournalFolder> {
  const directory = await mkdtemp(join(tmpdir(), 'vestibule-journals-'));
  return {
    directory,
    write: async (entries, given = {}) => {
      const journal = given.journal ?? randomUUID();
      const path = join(directory, segmentName(journal, 1));
      await appendFile(path, linesOf([opened(journal, given), ...entries]).join(''));
      return { journal, path };
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
