import { setTimeout as delay } from 'node:timers/promises';
import pg, { type PoolClient } from 'pg';

/** A lock on a table is waited for only so long: everybody else who wants the table stands behind the one who waits. */
const LOCK_LIMIT = `set local lock_timeout = '3s'`;
const RETRY_MS = 1_000;

/** Called each time that work was undone because of a lock that others hold. */
export type OnWait = () => void;

/** Runs work as a transaction. While others hold a lock that it needs, it is undone and tried again. */
export async function runTransaction<T>(
  client: PoolClient,
  work: (client: PoolClient) => Promise<T>,
  onWait: OnWait,
): Promise<T> {
  return await retryLocks(
    async () => {
      await client.query('begin');
      await client.query(LOCK_LIMIT);
      const result = await work(client);
      await client.query('commit');
      return result;
    },
    async () => {
      await client.query('rollback');
      onWait();
    },
  );
}

/** Runs work until no lock is missing. `undo` is called behind each attempt that lacked one. */
export async function retryLocks<T>(work: () => Promise<T>, undo: () => Promise<void> | void): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isLockTrouble(error)) throw error;
      await undo();
      await delay(RETRY_MS);
    }
  }
}

/** A lock that was not given, or two that waited for each other. */
export function isLockTrouble(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '55P03' || error.code === '40P01');
}
