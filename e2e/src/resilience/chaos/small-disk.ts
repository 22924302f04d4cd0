import { execFile } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SIZE = '64m';
const CHUNK = Buffer.alloc(64 * 1024);

/** A file system of its own, which can be full. */
export interface SmallDisk {
  readonly folder: string;
  /** For so long there is no room on it. */
  fill(forMs: number): Promise<void>;
  unmount(): Promise<void>;
}

/** @returns undefined where we may not mount one: it takes Linux and root */
export async function mountSmallDisk(folder: string): Promise<SmallDisk | undefined> {
  await mkdir(folder, { recursive: true });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder]);
  } catch {
    return undefined;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: async (forMs) => {
      await writeUntilFull(ballast);
      await delay(forMs);
      await rm(ballast, { force: true });
    },
    unmount: async () => void (await run('umount', [folder])),
  };
}

async function writeUntilFull(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    // The last bytes of a page belong to a file that has it; the next page is what no one gets.
    for (;;) await file.write(CHUNK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    await file.close();
  }
}
