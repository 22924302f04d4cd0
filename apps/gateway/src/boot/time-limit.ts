/** A moment until which things are waited for; it may be brought forward. */
export class TimeLimit {
  private readonly over: Promise<false>;
  private finish: () => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;
  private endsAt = Infinity;

  /** @param ms from now; Infinity for never */
  constructor(ms: number) {
    this.over = new Promise((resolve) => {
      this.finish = () => resolve(false);
    });
    this.shorten(ms);
  }

  /** It ends so soon from now, unless it ends sooner already. */
  shorten(ms: number): void {
    const endsAt = performance.now() + ms;
    if (endsAt >= this.endsAt) return;
    this.endsAt = endsAt;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.finish, ms);
  }

  /** @returns whether the work came to its end in time */
  allows(work: Promise<unknown>): Promise<boolean> {
    return Promise.race([work.then(() => true), this.over]);
  }

  /** No one waits any more. */
  end(): void {
    clearTimeout(this.timer);
  }
}
