/** Several values of one quantity, brought down to what a reader compares. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * The middle of some values; of an even number, the mean of the middle two.
 *
 * @throws RangeError when there are none
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no values');
  return (lower + upper) / 2;
}

/** @throws RangeError when there are no values */
export function summarise(values: readonly number[]): Summary {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * How many times `own` is of `other`, round by round: a machine that was busy for one round was busy for both sides.
 *
 * @param own one value per round
 * @param other as many, each above zero
 */
export function ratios(own: readonly number[], other: readonly number[]): number[] {
  if (own.length !== other.length) throw new RangeError(`${own.length} rounds against ${other.length}`);
  return own.map((value, round) => value / (other[round] ?? Number.NaN));
}

/**
 * The value below which a share of the values lies (nearest rank).
 *
 * @param sorted ascending, not empty
 * @param share from 0 to 1
 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError('no values');
  return value;
}
