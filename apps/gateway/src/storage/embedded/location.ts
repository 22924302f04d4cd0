import { createHash } from 'node:crypto';
import { chown, cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { PostgresBinaries } from './binaries.js';
import type { Identity } from './identity.js';

/** Where PostgreSQL's files stand: its programs and the folder of the cluster. */
export interface Place {
  readonly binaries: PostgresBinaries;
  readonly clusterDir: string;
}

const SYSTEM_DIR = '/var/lib/vestibule';

/**
 * Chooses where the cluster lives. Normally that is `dataDir` itself. Under root PostgreSQL runs as another user, who
 * may be unable to reach a checkout in, say, `/root` or a private temporary folder: then data and programs stand under
 * `/var/lib/vestibule`, in a folder that belongs to this `dataDir` alone, and no one's permissions are widened.
 */
export async function chooseLocation(dataDir: string, binaries: PostgresBinaries, identity?: Identity): Promise<Place> {
  const home = resolve(dataDir);
  if (identity === undefined) {
    await mkdir(home, { recursive: true });
    return { binaries, clusterDir: join(home, 'postgres') };
  }
  const base = (await canReach(dirname(home), identity)) ? home : systemFolder(home);
  await mkdir(base, { recursive: true });
  await mkdir(join(base, 'postgres'), { recursive: true, mode: 0o700 });
  await chown(join(base, 'postgres'), identity.uid, identity.gid);
  const usable = (await canReach(binaries.postgres, identity)) ? binaries : await copyPrograms(binaries);
  return { binaries: usable, clusterDir: join(base, 'postgres') };
}

/** Where the cluster of `dataDir` may be: in the folder itself, or below the system's folder. */
export function possibleClusterDirs(dataDir: string): readonly string[] {
  const home = resolve(dataDir);
  return [join(home, 'postgres'), join(systemFolder(home), 'postgres')];
}

function systemFolder(home: string): string {
  return join(SYSTEM_DIR, createHash('sha256').update(home).digest('hex').slice(0, 12));
}

/** Whether a user can walk to a path: each folder on the way lets them through. */
async function canReach(path: string, { uid, gid }: Identity): Promise<boolean> {
  for (let at = resolve(path); ; at = dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    if (found !== undefined) {
      const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001;
      if ((found.mode & bit) === 0) return false;
    }
    if (at === dirname(at)) return true;
  }
}

/** Copies PostgreSQL to where its user can run it; done once per version, whole or not at all. */
async function copyPrograms({ postgres }: PostgresBinaries): Promise<PostgresBinaries> {
  const native = dirname(dirname(postgres));
  const tag = createHash('sha256').update(native).digest('hex').slice(0, 12);
  const target = join(SYSTEM_DIR, `programs-${tag}`);
  const copied = { postgres: join(target, 'bin', basename(postgres)), initdb: join(target, 'bin', 'initdb') };
  if ((await stat(copied.postgres).catch(() => undefined)) !== undefined) return copied;
  const half = `${target}.${process.pid}`;
  await cp(native, half, { recursive: true, verbatimSymlinks: true });
  await rename(half, target).catch(() => rm(half, { recursive: true, force: true }));
  return copied;
}
