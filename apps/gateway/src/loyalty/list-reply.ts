import { BATCH_SIZE } from './card-program/postgres/batches.js';
import type { Listing } from './card-program/card-program.js';
import type { LoyaltyReply } from './reply.js';

/**
 * The answer with a list, one JSON array of any length. One batch is sent as one text; a longer list is written batch
 * by batch, as fast as the caller reads.
 *
 * The first batches are read here: a failure before the first byte is an error with its code like any other.
 *
 * @param encode writes a batch as a JSON array
 */
export async function listReply<T>(
  listing: Listing<T>,
  encode: (items: readonly T[]) => string,
): Promise<LoyaltyReply> {
  const batches = inBatches(listing);
  const first = await batches.next();
  if (first.done === true) return { status: 200, body: encode([]) };
  const second = await batches.next();
  if (second.done === true) return { status: 200, body: encode(first.value) };
  return { status: 200, body: write([first.value, second.value], batches, encode) };
}

async function* inBatches<T>(listing: Listing<T>): AsyncGenerator<readonly T[], void> {
  if (Symbol.asyncIterator in listing) {
    yield* listing;
    return;
  }
  for (let at = 0; at < listing.length; at += BATCH_SIZE) yield listing.slice(at, at + BATCH_SIZE);
}

async function* write<T>(
  begun: readonly (readonly T[])[],
  rest: AsyncGenerator<readonly T[], void>,
  encode: (items: readonly T[]) => string,
): AsyncGenerator<string, void> {
  let separator = '[';
  const next = (batch: readonly T[]): string => {
    const text = separator + encode(batch).slice(1, -1);
    separator = ',';
    return text;
  };
  try {
    for (const batch of begun) yield next(batch);
    for await (const batch of rest) yield next(batch);
    yield ']';
  } finally {
    // A caller that hangs up ends the reading.
    await rest.return();
  }
}
