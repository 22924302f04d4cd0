import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { possibleClusterDirs } from './location.js';
import { readPostmaster } from './postmaster-pid.js';

/** The embedded PostgreSQL of a folder, as found by a process that did not start it. */
export type EmbeddedState =
  | { readonly kind: 'running'; readonly port: number; readonly password: string }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'none' };

/**
 * Looks for the embedded PostgreSQL of a data folder. It starts nothing and creates nothing.
 *
 * @param dataDir the gateway's DATA_DIR
 * @throws Error with code EACCES when the files belong to another user
 */
export async function findEmbeddedPostgres(dataDir: string): Promise<EmbeddedState> {
  for (const clusterDir of possibleClusterDirs(dataDir)) {
    const password = await readPassword(join(clusterDir, 'vestibule-password'));
    if (password === undefined) continue;
    const server = await readPostmaster(clusterDir);
    return server?.ready === true ? { kind: 'running', port: server.port, password } : { kind: 'stopped' };
  }
  return { kind: 'none' };
}

async function readPassword(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
