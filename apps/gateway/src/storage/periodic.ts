/**
 * Work that is done again and again. A round that takes longer than the period is not joined by a second one, and the
 * one who asks for a round while one is in progress waits for that.
 *
 * Not for loops whose pause depends on the round before or on what ends meanwhile (the deliverer of callbacks, the
 * tracker), that run only while a caller waits (the event feed and streams), that last as long as one piece of work
 * (the refresher's lease), or that must not keep a process alive (the silence watch).
 */
export class Periodic {
  private timer: NodeJS.Timeout | undefined;
  private underWay: Promise<void> | undefined;

  /** @param round must not fail: it says itself what went wrong, and the next round tries again */
  constructor(
    private readonly periodMs: number,
    private readonly round: () => Promise<void>,
  ) {}

  /** The first round comes after one period, or at once. */
  start({ atOnce = false } = {}): void {
    if (atOnce) void this.run();
    this.timer = setInterval(() => void this.run(), this.periodMs);
  }

  /** A round now, or the one that is in progress. */
  run(): Promise<void> {
    this.underWay ??= this.round().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  /** Resolves when no round is in progress. */
  async idle(): Promise<void> {
    await this.underWay;
  }

  /** No round begins any more; resolves when the one in progress has ended. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.underWay;
  }
}
