import { limitOf, type KeyLimits } from '../../config/read-key-limits.js';
import { problem, ProblemError } from '../../http/problem.js';

export function tooManyOrders(perSecond: number, waitSecs: number): ProblemError {
  const detail = `This key may place ${perSecond} orders a second: try again in ${waitSecs} s.`;
  return new ProblemError(problem('too-many-orders', detail), { 'retry-after': String(waitSecs) });
}

interface Bucket {
  /** How many orders may come now; below zero after a batch, which is taken whole and then waited for. */
  left: number;
  /** When that was. */
  at: number;
}

/** How many orders each key may place in a second, in this process; a quiet second is saved up, and no more. */
export class OrderRate {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly limits: KeyLimits,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws ProblemError 429 when the key has placed as many as it may */
  take(apiKeyName: string, count: number): void {
    const perSecond = limitOf(this.limits, apiKeyName);
    if (perSecond === undefined) return;
    const now = this.now();
    const most = Math.max(1, perSecond);
    const { left, at } = this.buckets.get(apiKeyName) ?? { left: most, at: now };
    const present = Math.min(most, left + ((now - at) / 1_000) * perSecond);
    const isEnough = present >= 1;
    this.buckets.set(apiKeyName, { left: isEnough ? present - count : present, at: now });
    if (!isEnough) throw tooManyOrders(perSecond, Math.max(1, Math.ceil((1 - present) / perSecond)));
  }
}
