import { loyaltyError } from '../errors/loyalty-error.js';
import { accept, refuse, type Reading } from '../reading.js';

/** A body that is a JSON object with any content. */
export function readObject(body: unknown): Reading<Readonly<Record<string, unknown>>> {
  if (body === undefined) return refuse(loyaltyError('bodyMissing'));
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse(loyaltyError('bodyNotObject'));
  return accept(body as Readonly<Record<string, unknown>>);
}
