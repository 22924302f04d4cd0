/** A `Date` header has whole seconds: the middle of the one it names is meant. */
const HALF_SECOND_MS = 500;
/** So long a reading counts: afterwards no one knows. */
const KEPT_MS = 10 * 60_000;

/** The partner's clock by the `Date` headers of its answers, compared with ours. */
export class PartnerClock {
  private reading: { readonly skewMs: number; readonly steadyMs: number } | undefined;

  /** @param now the time that our requests have */
  constructor(private readonly now: () => number) {}

  note(date: Date): void {
    const skewMs = this.now() - (date.getTime() + HALF_SECOND_MS);
    if (Number.isFinite(skewMs)) this.reading = { skewMs, steadyMs: performance.now() };
  }

  /**
   * By how many milliseconds our time is ahead of the partner's, as of its last answer; undefined without a `Date`
   * header.
   */
  skewMs(): number | undefined {
    if (this.reading === undefined || performance.now() - this.reading.steadyMs > KEPT_MS) return undefined;
    return this.reading.skewMs;
  }
}
