import { loyaltyError } from '../errors/loyalty-error.js';
import { accept, refuse, type Reading } from '../reading.js';

/** A parsed query string, as Fastify gives it: a parameter that is repeated is an array. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The value of one query parameter under any of its spellings. Empty values count as absent. A repeated parameter is
 * accepted only if all its values are equal: taking the first would silently ignore the other person.
 *
 * @param name the contract's spelling, named in the error
 * @param spellings further spellings seen in practice
 */
export function readParameter(query: Query, name: string, ...spellings: string[]): Reading<string | undefined> {
  let found: string | undefined;
  for (const spelling of [name, ...spellings]) {
    const given = query[spelling];
    for (const value of typeof given === 'string' ? [given] : (given ?? [])) {
      if (value.trim() === '' || value === found) continue;
      if (found !== undefined) return refuse(loyaltyError('fieldRepeated', { field: name }));
      found = value;
    }
  }
  return accept(found);
}
