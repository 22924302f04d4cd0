import { setTimeout as delay } from 'node:timers/promises';
import { bulkhead } from 'cockatiel';

/** Entries read at once: few enough to hold the thread no longer than a search does. */
export const BATCH_SIZE = 1_000;

/** Batches read at once by all lists of a process: the thread and the other connections are for searches. */
const MOST_AT_ONCE = 1;
/** After each full batch lists rest for so long, or ten of them would take turns and leave the thread to no search. */
const REST_MS = 2;
const readers = bulkhead(MOST_AT_ONCE, Number.MAX_SAFE_INTEGER);

/**
 * A list that is read batch by batch, by the place of its last entry. No connection is held between two batches, for the
 * caller may read as slowly as he likes; what is added or removed in the meantime is seen or not.
 *
 * @param first the batch that is there already
 * @param next reads the batch behind an entry; one that is not full is the last
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

/** Reads one batch when it is its turn. */
export async function readOne<T>(read: () => Promise<readonly T[]>): Promise<readonly T[]> {
  return await readers.execute(async () => {
    const batch = await read();
    if (batch.length >= BATCH_SIZE) await delay(REST_MS);
    return batch;
  });
}
