import type { Part } from './part.js';

/** What one call says of the system that was called. */
export type CallNews =
  /** It answered, whatever it said. */
  | 'answered'
  /** There was no connection to it. */
  | 'unreached'
  /** There was a connection, and no answer, or HTTP 5xx. */
  | 'unanswered';

/** So long after a call, or a connection, nothing is tried. */
const QUIET_MS = 3_000;
/** While no one calls, a call without an answer is old news after so long: that it can be reached counts again. */
const OLD_NEWS_MS = 60_000;

/** Whether a system that we call is there: by the calls, and while no one calls, by a connection. */
export class CallWatch {
  private last: { readonly news: CallNews; readonly at: number } | undefined;
  private connectedAt = -Infinity;

  /** @param connect opens a connection to it and closes it again; nothing is asked of the system */
  constructor(
    readonly part: Part,
    private readonly connect: (limit: AbortSignal) => Promise<void>,
  ) {}

  /** A call has ended. */
  note(news: CallNews): void {
    this.last = { news, at: performance.now() };
    this.part.note(news === 'answered');
  }

  /** @throws when there is no connection */
  readonly look = async (limit: AbortSignal): Promise<boolean | undefined> => {
    const now = performance.now();
    const { news, at: calledAt } = this.last ?? { news: undefined, at: -Infinity };
    if (now - Math.max(calledAt, this.connectedAt) < QUIET_MS) return undefined;
    await this.connect(limit);
    this.connectedAt = now;
    // A machine that takes connections may still answer nothing: the next call shows.
    return news === 'unanswered' && now - calledAt < OLD_NEWS_MS ? undefined : true;
  };
}
