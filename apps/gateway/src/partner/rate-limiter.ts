import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { Coalescer } from '../storage/coalescer.js';
import { statement } from '../storage/statement.js';

/** So many slots may be given ahead, or all of a time: more are never waited for at once. */
const MOST_SLOTS_AHEAD = 1_000;
const MOST_SECS_AHEAD = 600;
/** What waits in line holds the slots of so long a time only: a call for which a person waits comes behind no more. */
const LINE_SECS = 1;

/**
 * Gives the next slots, `$1` seconds in all, after those given before. If these are further ahead than `$2` seconds,
 * the clock of the database was set back, and they are ignored.
 */
const TAKE = statement('take-slots')`
insert into partner_pace as p (next_call_at) values (now() + $1::float8 * interval '1 second')
on conflict (only_row) do update
  set next_call_at = $1::float8 * interval '1 second'
    + case when p.next_call_at > now() + $2::float8 * interval '1 second' then now() else greatest(p.next_call_at, now()) end
returning (extract(epoch from next_call_at - now()) - $1::float8)::float8 as "waitSecs"`;

/**
 * The common rate of all calls to Тройка Бизнес from all processes: one row has the time of the next slot, and every
 * call moves it by one slot. The slots are evenly spaced, so that no second has more calls than the rate.
 *
 * Sends and calls that a person waits for take the next slot and wait for it here. Tracking can wait and must not queue
 * before them: it takes slots only a moment ahead, together with the work it claims (see the tracker).
 */
export class RateLimiter {
  private readonly taking: Coalescer<null, number>;
  private readonly slotSecs: number;
  private readonly line: (() => void)[] = [];
  /** How many more slots those in line may hold. */
  private free: number;

  /** @param ratePerSecond the most calls in a second */
  constructor(
    private readonly pool: Pool,
    ratePerSecond: number,
  ) {
    this.slotSecs = 1 / ratePerSecond;
    this.free = Math.ceil(LINE_SECS * ratePerSecond);
    this.taking = new Coalescer((calls) => this.takeSlots(calls.length), { maxBatch: 1_000, maxConcurrent: 1 });
  }

  /**
   * Takes the next slot and waits until it has come. Fails when the database is away: then nothing may be sent.
   *
   * @param given stops waiting; the slot is then lost to all
   * @returns whether the slot has come
   */
  async take(given?: AbortSignal): Promise<boolean> {
    const waitMs = await this.taking.submit(null);
    // A timer is never early by less than that, and a rate of thousands a second leaves no gap to wait for.
    if (waitMs < 1) return true;
    return await delay(waitMs, true, { signal: given }).catch(() => false);
  }

  /** As `take`, for one of many that wait: slots are taken for the next second only, by those that have waited longest. */
  async takeInLine(given: AbortSignal): Promise<boolean> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.line.push(resolve));
    try {
      // A caller that gives up unblocks the next one: the signal empties the queue.
      return !given.aborted && (await this.take(given));
    } finally {
      const next = this.line.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }

  private async takeSlots(count: number): Promise<number[]> {
    const { rows } = await this.pool.query<{ waitSecs: number }>({
      ...TAKE,
      values: [count * this.slotSecs, Math.max(MOST_SECS_AHEAD, MOST_SLOTS_AHEAD * this.slotSecs)],
    });
    const firstSecs = rows[0]?.waitSecs ?? 0;
    return Array.from({ length: count }, (_, index) => 1_000 * (firstSecs + index * this.slotSecs));
  }
}
