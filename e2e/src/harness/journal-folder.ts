import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where gateways of one database keep their send journals: the same place for each of them, and after each restart. */
export function journalFolderOf(databaseUrl: string): string {
  const name = createHash('sha256').update(databaseUrl).digest('hex').slice(0, 16);
  return join(tmpdir(), `vestibule-journals-${name}`);
}

export async function removeJournalFolder(databaseUrl: string): Promise<void> {
  await rm(journalFolderOf(databaseUrl), { recursive: true, force: true });
}
