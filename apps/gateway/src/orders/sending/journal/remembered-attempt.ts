import type { JournalEntry, SendBegun, SendEnded } from './journal-line.js';

/**
 * Whether the process of a journal is alive. `perhaps`: it runs on another machine or in another container, and has given
 * a sign of life a moment ago, which it may have done just before it ended.
 */
export type Holder = 'alive' | 'perhaps' | 'gone';

/** What a journal remembers of one attempt. */
export interface RememberedAttempt {
  readonly orderId: string;
  readonly attempt: number;
  /** Absent when its line is lost. */
  readonly begun: SendBegun | undefined;
  /** Absent when the process ended before there was an outcome, or its line is lost. */
  readonly ended: SendEnded | undefined;
}

/** Attempts without an outcome; a sound journal has at most as many as there were simultaneous sends. */
const MOST_OPEN = 20_000;

/**
 * Makes attempts of lines, in memory that does not grow with the journal: a beginning waits for its end, and one whose
 * end does not come is an attempt with an unknown outcome.
 */
export class AttemptCollector {
  private readonly open = new Map<string, SendBegun>();

  constructor(private readonly mostOpen = MOST_OPEN) {}

  /** @returns the attempts that are complete with this entry */
  add(entry: JournalEntry): RememberedAttempt[] {
    if (entry.kind === 'begun') {
      this.open.set(keyOf(entry), entry);
      if (this.open.size <= this.mostOpen) return [];
      const [oldest] = this.open.values();
      return oldest === undefined ? [] : [this.take(oldest, undefined)];
    }
    return entry.kind === 'ended' ? [this.take(this.open.get(keyOf(entry)), entry)] : [];
  }

  /** The attempts without an outcome. */
  rest(): RememberedAttempt[] {
    return [...this.open.values()].map((begun) => this.take(begun, undefined));
  }

  private take(begun: SendBegun | undefined, ended: SendEnded): RememberedAttempt;
  private take(begun: SendBegun, ended: undefined): RememberedAttempt;
  private take(begun: SendBegun | undefined, ended: SendEnded | undefined): RememberedAttempt {
    const { orderId, attempt } = (begun ?? ended) as SendBegun | SendEnded;
    this.open.delete(keyOf({ orderId, attempt }));
    return { orderId, attempt, begun, ended };
  }
}

function keyOf({ orderId, attempt }: { orderId: string; attempt: number }): string {
  return `${orderId} ${attempt}`;
}
