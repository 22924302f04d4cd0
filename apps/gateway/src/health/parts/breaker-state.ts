/** `half-open`: one call tries whether the system is back. `isolated`: held open. */
export const BREAKER_STATES = ['closed', 'open', 'half-open', 'isolated'] as const;
export type BreakerStateName = (typeof BREAKER_STATES)[number];

/** The circuit breaker of this process for the company's own system, for those who look at it from outside. */
export class BreakerState {
  private current: { readonly state: BreakerStateName; readonly since: Date } = { state: 'closed', since: new Date() };

  /** Called after each change. */
  onChange: () => void = () => undefined;

  get state(): BreakerStateName {
    return this.current.state;
  }

  get since(): Date {
    return this.current.since;
  }

  enter(state: BreakerStateName): void {
    this.current = { state, since: new Date() };
    this.onChange();
  }
}
