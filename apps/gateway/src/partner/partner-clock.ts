/** A `Date` header has whole seconds: the middle of the one it names is meant. */
const HALF_SECOND_MS = 500;
/** So long a reading counts: afterwards no one knows. */
const KEPT_MS = 10 * 60_000;

/** What the `Date` headers of the partner's answers say of its clock, against ours. */
export class PartnerClock {
  private reading: { readonly skewMs: number; readonly steadyMs: number } | undefined;

  /** @param now the time that our requests have */
  constructor(private readonly now: () => number) {}

  note(date: Date): void {
    const skewMs = this.now() - (date.getTime() + HALF_SECOND_MS);
    if (Number.isFinite(skewMs)) this.reading = { skewMs, steadyMs: performance.now() };
  }

  /** By how many milliseconds our time is ahead of the partner's, as of its last answer; undefined when it said nothing. */
  skewMs(): number | undefined {
    if (this.reading === undefined || performance.now() - this.reading.steadyMs > KEPT_MS) return undefined;
    return this.reading.skewMs;
  }
}
