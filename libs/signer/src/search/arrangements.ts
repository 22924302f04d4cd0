/** What may stand between the pieces of a signed text, as a template writes it. */
const SEPARATORS = ['', '\\n', '|', ':', ';', '&', ',', '.'] as const;

/** A template in pieces: each a placeholder or a separator. */
export type Pieces = readonly string[];

/** Every choice of one to `most` different items, in every order; the short ones first. */
export function* arrangements<T>(items: readonly T[], most: number): Generator<readonly T[]> {
  let shorter: (readonly T[])[] = [[]];
  for (let length = 1; length <= most; length += 1) {
    const longer: (readonly T[])[] = [];
    for (const chosen of shorter) {
      for (const item of items) {
        if (chosen.includes(item)) continue;
        const next = [...chosen, item];
        yield next;
        longer.push(next);
      }
    }
    shorter = longer;
  }
}

/** The items with each separator between them. */
export function joined(items: readonly string[]): Pieces[] {
  const separators = items.length === 1 ? SEPARATORS.slice(0, 1) : SEPARATORS;
  return separators.map((separator) =>
    items.flatMap((item, index) => (index === 0 || separator === '' ? [item] : [separator, item])),
  );
}

/** Also with one more separator before or behind them, where a secret may stand. */
export function joinedToSecret(items: readonly string[]): Pieces[] {
  const beside = SEPARATORS.slice(1).flatMap((separator) => {
    const pieces = items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
    return [
      [...pieces, separator],
      [separator, ...pieces],
    ];
  });
  return [...joined(items), ...beside];
}
