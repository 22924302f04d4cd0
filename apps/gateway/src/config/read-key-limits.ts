/** A limit for each producer's key. */
export interface KeyLimits {
  readonly byName: ReadonlyMap<string, number>;
  /** Of keys that are not named; undefined: they have none. */
  readonly others: number | undefined;
}

export const NO_KEY_LIMITS: KeyLimits = { byName: new Map(), others: undefined };

const LIMIT = /^(?=.*[1-9])\d{1,12}(\.\d{1,2})?$/;
const EVERY_OTHER = '*';

/** @returns undefined for a key without a limit */
export function limitOf({ byName, others }: KeyLimits, name: string): number | undefined {
  return byName.get(name) ?? others;
}

/**
 * Reads `ORDERS_PER_SECOND` or `ORDERS_ROUBLES_PER_DAY`: a number for every key, or `name=number`, several separated by commas,
 * where `*` is every other key. The names are not compared with those of the settings: keys of the database have names too.
 *
 * @param faults gets a line for each limit that is none
 */
export function readKeyLimits(variable: string, text: string | undefined, faults: string[]): KeyLimits {
  if (text === undefined) return NO_KEY_LIMITS;
  const byName = new Map<string, number>();
  for (const item of text.split(',')) {
    const [name = '', limit] = item.includes('=') ? item.trim().split('=') : [EVERY_OTHER, item.trim()];
    if (name === '' || !LIMIT.test(limit ?? '') || byName.has(name)) {
      faults.push(
        `${variable} has "${item.trim()}"; allowed: a number above 0, or name=number for each key once, with * for all others`,
      );
    }
    byName.set(name, Number(limit));
  }
  const others = byName.get(EVERY_OTHER);
  byName.delete(EVERY_OTHER);
  return { byName, others };
}
