import { statfs } from 'node:fs/promises';
import type { HealthCheck } from './health-watch.js';

const NEARLY_FULL = { bytes: 2 ** 30, share: 0.1 } as const;

interface Room {
  readonly bsize: number;
  readonly blocks: number;
  readonly bavail: number;
}

/**
 * Whether a disk that this process writes to is nearly full: less than a tenth of it and less than 1 GiB is free.
 *
 * @param folders where it writes; what is not there yet is passed over
 */
export function checkDisks(folders: readonly string[], look: (folder: string) => Promise<Room> = statfs): HealthCheck {
  return {
    kinds: ['disk.nearly-full'],
    find: async () => {
      const rooms = await Promise.all(folders.map((folder) => look(folder).catch(() => undefined)));
      const full = folders.flatMap((folder, at) => {
        const room = rooms[at];
        if (room === undefined) return [];
        const free = room.bavail * room.bsize;
        const isFull = free < NEARLY_FULL.bytes && room.bavail < NEARLY_FULL.share * room.blocks;
        return isFull ? [`${folder} (${Math.floor(free / 2 ** 20)} MiB are free)`] : [];
      });
      if (full.length === 0) return [];
      const message = `The disk of ${full.join(' and of ')} is nearly full. When it is full, this process sends nothing. Make room.`;
      return [{ kind: 'disk.nearly-full', severity: 'warning', message }];
    },
  };
}
