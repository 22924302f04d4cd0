import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One file of a journal. */
export interface Segment {
  readonly path: string;
  /** The number of its first line. */
  readonly firstSeq: number;
}

/** The segments of one journal, the oldest first. */
export interface JournalFiles {
  readonly journal: string;
  readonly segments: readonly Segment[];
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const NAME = new RegExp(`^(${UUID})\\.(\\d{15})\\.journal$`);

/** A journal belongs to one start of one process, so no file ever has two writers. */
export function segmentName(journal: string, firstSeq: number): string {
  return `${journal}.${String(firstSeq).padStart(15, '0')}.journal`;
}

/**
 * Finds the journals of a folder.
 *
 * @returns also files with a journal's ending and another name, which were copied or renamed
 * @throws an error of the file system, `ENOENT` for a missing folder
 */
export async function listJournals(
  directory: string,
): Promise<{ journals: readonly JournalFiles[]; strays: readonly string[] }> {
  const found = new Map<string, Segment[]>();
  const strays: string[] = [];
  for (const name of (await readdir(directory)).sort()) {
    if (!name.endsWith('.journal')) continue;
    const [, journal, firstSeq] = NAME.exec(name) ?? [];
    const path = join(directory, name);
    if (journal === undefined) {
      strays.push(path);
      continue;
    }
    const segments = found.get(journal) ?? [];
    segments.push({ path, firstSeq: Number(firstSeq) });
    found.set(journal, segments);
  }
  return { journals: [...found].map(([journal, segments]) => ({ journal, segments })), strays };
}
