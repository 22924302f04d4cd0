import type { LoyaltyError } from './errors/loyalty-error.js';

/** A request that cannot be carried out, and the error to answer. */
export interface Refusal {
  readonly ok: false;
  readonly error: LoyaltyError;
}

/** What a reader makes of a request. */
export type Reading<T> = { readonly ok: true; readonly value: T } | Refusal;

export function accept<T>(value: T): Reading<T> {
  return { ok: true, value };
}

export function refuse(error: LoyaltyError): Refusal {
  return { ok: false, error };
}
