import type { Pool } from 'pg';
import { describeError, type Logger } from '../../core/logger.js';
import { EVENT_PAGE, findEventsAfter, type EventCursor } from '../ledger/events-after.js';
import type { EventRecord } from '../ledger/history-records.js';

/** How soon a reader gets a new event. */
const PERIOD_MS = 250;

interface Waiter extends EventCursor {
  /** When it wants an empty answer, in milliseconds of the monotonic clock. */
  readonly deadline: number;
  readonly resolve: (events: readonly EventRecord[] | undefined) => void;
}

/**
 * Polls the ledger for all readers of histories together: one statement for all waiting readers, and none without one.
 * The write path does not depend on it, and a reader that does not ask for more costs nothing.
 */
export class EventFeed {
  private readonly waiters = new Set<Waiter>();
  private soon: Waiter[] = [];
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<unknown> = Promise.resolve();
  private isTicking = false;
  private stopped = false;

  constructor(
    private readonly pool: Pool,
    private readonly logger: Logger,
  ) {}

  /**
   * Waits for events after a position.
   *
   * @param soon polls at once: the position is new, or the last poll had more
   * @returns the next events; none when `limitMs` passed without one; undefined when the feed or the reader has stopped
   */
  next(
    place: EventCursor,
    { soon, limitMs, signal }: { soon: boolean; limitMs: number; signal: AbortSignal },
  ): Promise<readonly EventRecord[] | undefined> {
    if (this.stopped || signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const waiter: Waiter = {
        ...place,
        deadline: performance.now() + limitMs,
        resolve: (events) => {
          signal.removeEventListener('abort', leave);
          this.waiters.delete(waiter);
          resolve(events);
        },
      };
      const leave = (): void => waiter.resolve(undefined);
      signal.addEventListener('abort', leave);
      this.waiters.add(waiter);
      if (soon) this.lookSoon(waiter);
      this.timer ??= setInterval(() => this.tick(), PERIOD_MS);
    });
  }

  /** Releases all readers, and resolves when no statement is running. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    for (const { resolve } of this.waiters) resolve(undefined);
    await this.looking;
  }

  /** Readers that arrive within one tick of the event loop share a poll. */
  private lookSoon(waiter: Waiter): void {
    this.soon.push(waiter);
    if (this.soon.length === 1) setImmediate(() => this.queueLook(() => this.soon.splice(0)));
  }

  private tick(): void {
    if (this.waiters.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
      return;
    }
    // A database that is slower than the period is not asked twice at once.
    if (this.isTicking) return;
    this.isTicking = true;
    this.queueLook(() => {
      this.isTicking = false;
      return [...this.waiters];
    });
  }

  /** One look at a time: all readers together hold one connection of the pool at most. */
  private queueLook(whose: () => Waiter[]): void {
    this.looking = this.looking.then(() => this.look(whose()));
  }

  private async look(asked: readonly Waiter[]): Promise<void> {
    const waiters = asked.filter((waiter) => this.waiters.has(waiter));
    if (waiters.length === 0) return;
    try {
      const found = await findEventsAfter(this.pool, waiters);
      waiters.forEach((waiter, index) => {
        const events = found[index] ?? [];
        if (events.length > 0) waiter.resolve(events);
      });
    } catch (error) {
      this.logger.warn({ error: describeError(error), readers: waiters.length }, 'the histories cannot be read');
    }
    const now = performance.now();
    for (const waiter of waiters) if (now >= waiter.deadline) waiter.resolve([]);
  }
}

/** Whether there may be more right behind these. */
export function isFullPage(events: readonly EventRecord[]): boolean {
  return events.length === EVENT_PAGE;
}
