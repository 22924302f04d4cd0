import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Blocks every name lookup of this process, like a name server that does not answer: Node looks names up in a small
 * pool of threads, and each thread opens a named pipe without a writer.
 *
 * @returns a function that unblocks the lookups
 */
export function blockLookups(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-pipe-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);
  const blocked = Promise.all(Array.from({ length: threads }, () => open(pipe, 'r')));
  return async () => {
    const writer = openSync(pipe, 'w');
    for (const reader of await blocked) await reader.close();
    closeSync(writer);
    rmSync(folder, { recursive: true });
  };
}
