import { setTimeout as delay } from 'node:timers/promises';
import { bulkhead } from 'cockatiel';

/** Entries read at once: few enough to hold the thread no longer than a search does. */
export const BATCH_SIZE = 250;

/** Batches read at once by all lists of a process: the thread and the other connections are for searches. */
const MOST_AT_ONCE = 1;
/** After each full batch a list waits this long. Otherwise ten lists would occupy the thread and delay every search. */
const REST_MS = 2;
const readers = bulkhead(MOST_AT_ONCE, Number.MAX_SAFE_INTEGER);

/**
 * A list that is read batch by batch, by the position of its last entry. No connection is held between two batches,
 * because the caller may read slowly; rows that are added or removed meanwhile may or may not appear.
 *
 * @param first the batch that was read already @param next reads the batch after an entry; a batch that is not full is
 *   the last
 */
export async function* readBatches<T>(
  first: readonly T[],
  next: (after: T) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[], void> {
  for (let batch = first; ;) {
    yield batch;
    const last = batch.at(-1);
    if (last === undefined || batch.length < BATCH_SIZE) return;
    batch = await readOne(() => next(last));
    if (batch.length === 0) return;
  }
}

/** Reads one batch when the limiter admits it. */
export async function readOne<T>(read: () => Promise<readonly T[]>): Promise<readonly T[]> {
  return await readers.execute(async () => {
    const batch = await read();
    if (batch.length >= BATCH_SIZE) await delay(REST_MS);
    return batch;
  });
}
