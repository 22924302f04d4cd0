import type { PlainLoyaltyErrorKey } from '@vestibule/koshelek-contract';
import type { Refused } from './card-program.js';

/** The outcome of a call that has nothing to say but that it worked. */
export const DONE = { kind: 'done', value: undefined } as const;

export function done<Value>(value: Value): { readonly kind: 'done'; readonly value: Value } {
  return { kind: 'done', value };
}

export function refused<Why extends PlainLoyaltyErrorKey>(why: Why): Refused<Why> {
  return { kind: 'refused', why };
}
