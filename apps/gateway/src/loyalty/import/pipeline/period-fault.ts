import type { Rejection } from './rejection.js';

/** The fault of a period of days, both ends included and either one open, that ends before it begins. */
export function periodFault({
  starts_on: start,
  ends_on: end,
}: {
  readonly starts_on: string | null;
  readonly ends_on: string | null;
}): Omit<Rejection, 'line'> | undefined {
  return start !== null && end !== null && end < start
    ? { field: 'ends_on', reason: 'is before starts_on' }
    : undefined;
}
