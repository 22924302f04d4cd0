import type { Answer } from './http-connection.js';

/** A request and the check of its answer. */
export interface Call {
  readonly bytes: Buffer;
  /** @returns what is wrong with the answer; undefined when nothing is */
  check(answer: Answer): string | undefined;
}

/** An endless supply of calls; `next` costs next to nothing. */
export interface Workload {
  next(): Call;
}

/** The same sequence for everybody: a small generator of our own (xorshift), because `Math.random` takes no seed. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
