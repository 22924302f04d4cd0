import type { PartFinding, Part } from './part.js';

/** What one call says of the system that was called. */
export type CallNews =
  /** It answered, whatever it said. */
  | 'answered'
  /** There was no connection to it. */
  | 'unreached'
  /** There was a connection, and no answer, or HTTP 5xx. */
  | 'unanswered';

/** A request that has left, by a clock that no one sets. */
export interface SentRequest {
  readonly at: number;
}

/** So long after a call, or a connection, nothing is tried. */
const QUIET_MS = 3_000;
/** While no one calls, a call without an answer is old news after so long: that it can be reached counts again. */
const OLD_NEWS_MS = 60_000;

/** Whether a system that we call is there: by the calls, and while no one calls, by a connection. */
export class CallWatch {
  private last: { readonly news: CallNews; readonly at: number } | undefined;
  private connectedAt = -Infinity;
  private answeredAt = -Infinity;
  /** Requests that wait for their answer while none that left after them has got one, the oldest first. */
  private readonly waiting = new Set<SentRequest>();

  /**
   * @param connect opens a connection to it and closes it again; nothing is asked of the system
   * @param silentAfterMs so long may a request wait while nothing is answered
   */
  constructor(
    readonly part: Part,
    private readonly connect: (limit: AbortSignal) => Promise<void>,
    private readonly silentAfterMs = Infinity,
  ) {}

  /** A request leaves. @returns what to forget when its call has ended, whatever came of it */
  noteSent(): SentRequest {
    const request = { at: performance.now() };
    this.waiting.add(request);
    return request;
  }

  forget(request: SentRequest): void {
    this.waiting.delete(request);
  }

  /** A call has ended. @param request its request, where it is known that it left */
  note(news: CallNews, request?: SentRequest): void {
    const now = performance.now();
    this.last = { news, at: now };
    if (news === 'answered') {
      this.answeredAt = now;
      // What left earlier and still waits is slow: the system is not silent.
      for (const earlier of this.waiting) {
        if (earlier.at <= (request?.at ?? -Infinity)) this.waiting.delete(earlier);
      }
    }
    this.part.note(news === 'answered');
  }

  /** @throws when there is no connection */
  readonly look = async (limit: AbortSignal): Promise<PartFinding | undefined> => {
    const now = performance.now();
    const { news, at: calledAt } = this.last ?? { news: undefined, at: -Infinity };
    const silence = this.isSilentAt(now) ? 'silent' : undefined;
    if (now - Math.max(calledAt, this.connectedAt) < QUIET_MS) return silence;
    await this.connect(limit);
    this.connectedAt = now;
    if (silence !== undefined) return silence;
    // A machine that takes connections may still answer nothing: the next call shows.
    return news === 'unanswered' && now - calledAt < OLD_NEWS_MS ? undefined : true;
  };

  private isSilentAt(now: number): boolean {
    const [oldest] = this.waiting;
    return oldest !== undefined && now - Math.max(oldest.at, this.answeredAt) >= this.silentAfterMs;
  }
}
