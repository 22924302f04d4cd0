import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BookEntry } from './book.js';

/**
 * Keeps the book over a restart: one JSON line per change, in `orders.jsonl` of a folder.
 *
 * @throws an error of the file system
 */
export function openBookFile(folder: string): { entries: BookEntry[]; keep: (entry: BookEntry) => void } {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'orders.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  // A line without its end: the process was killed while it wrote.
  if (lines.pop()) writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return {
    entries: lines.map((line) => JSON.parse(line) as BookEntry),
    keep: (entry) => {
      if ('isCleared' in entry) writeFileSync(file, '');
      // Synchronous: what was answered is kept. The stand-in has nothing better to do meanwhile.
      else appendFileSync(file, `${JSON.stringify(entry)}\n`);
    },
  };
}
