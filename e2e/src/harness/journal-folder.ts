import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder for the send journals of all gateways of one database; it survives their restarts. */
export function journalFolderOf(databaseUrl: string): string {
  const name = createHash('sha256').update(databaseUrl).digest('hex').slice(0, 16);
  return join(tmpdir(), `vestibule-journals-${name}`);
}

export async function removeJournalFolder(databaseUrl: string): Promise<void> {
  await rm(journalFolderOf(databaseUrl), { recursive: true, force: true });
}
