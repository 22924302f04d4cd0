import { nameOf, type Lane } from './lanes.js';

/** Of so many sends one is for batches while single orders wait, so that these cannot stop a batch for good. */
export const BATCH_EVERY = 10;

/**
 * Which lane's turn it is: single orders before batches, but for one send in ten; and among producers the one whose turn
 * is longest ago. A lane that was empty in between has no turns saved up.
 */
export class LaneOrder {
  private turn = 0;
  private sinceBatch = 0;
  /** The last turn of each lane. */
  private readonly last = new Map<string, number>();

  /** @param due the lanes in which an order is due, at least one. @returns the lanes of the next sends */
  next(due: readonly Lane[], count: number): Lane[] {
    return Array.from({ length: count }, () => this.choose(due));
  }

  private choose(due: readonly Lane[]): Lane {
    const singles = due.filter(({ isBatch }) => !isBatch);
    const batches = due.filter(({ isBatch }) => isBatch);
    const isForBatch = batches.length > 0 && (singles.length === 0 || this.sinceBatch + 1 >= BATCH_EVERY);
    this.sinceBatch = isForBatch || batches.length === 0 ? 0 : this.sinceBatch + 1;
    const [first, ...others] = (isForBatch ? batches : singles).map((lane) => ({
      lane,
      last: this.last.get(nameOf(lane)) ?? 0,
    }));
    if (first === undefined) throw new Error('no lane is due');
    const { lane } = others.reduce((least, other) => (other.last < least.last ? other : least), first);
    this.turn += 1;
    this.last.set(nameOf(lane), this.turn);
    return lane;
  }
}
