import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = 'place.id';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The id of a folder of journals: processes that are started on the same disk, one after the other or side by side, find
 * the same.
 *
 * @returns one that no one else has where the folder cannot be read or written
 */
export async function findPlaceId(directory: string): Promise<string> {
  const path = join(directory, NAME);
  const own = randomUUID();
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await writeFile(path, own, { flag: 'wx', mode: 0o600, flush: true });
    return own;
  } catch {
    // It is there already, or never will be.
    const found = await readFile(path, 'utf8').catch(() => '');
    return UUID.test(found) ? found : own;
  }
}
