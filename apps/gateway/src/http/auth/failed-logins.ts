import type { LoginLimits } from '../../config/config.js';
import type { Metrics } from '../../metrics/metrics.js';
import { addressGroup } from './address-group.js';

export type ListenerName = 'public' | 'internal';

/** How the caller of a failed login is answered: as always, or slowed down. */
export interface FailedLogin {
  readonly isThrottled: boolean;
  /** Resolves when the caller may be answered. */
  readonly turn: Promise<void>;
}

/** Failed logins beyond a limit, while they last. */
export interface LoginBurst {
  readonly listener: ListenerName;
  /** From where the login came that went over the limit. */
  readonly address: string;
}

/** Said with an answer that was slowed down, in seconds. */
export const RETRY_AFTER_SECS = 60;

const WINDOW_MS = 60_000;
/** How long an answer is held: a connection has so few guesses. */
const HOLD_MS = 1_000;
/** Further ones are answered at once and cut off, so that holding costs us little. */
const MOST_HELD = 200;
const AT_ONCE = Promise.resolve();

/**
 * Slows down those who try secrets. Only failures are counted and held: a right login passes whatever others do, from
 * the same address too. The counts begin again each minute, and hold no more addresses than the limit in total.
 */
export class FailedLogins {
  private windowEndsAt = 0;
  private total = 0;
  private readonly byAddress = new Map<string, number>();
  private held = 0;
  private lastBurst: LoginBurst | undefined;
  private burstEndsAt = 0;

  constructor(
    private readonly limits: LoginLimits,
    private readonly metrics: Metrics,
    private readonly times = { windowMs: WINDOW_MS, holdMs: HOLD_MS },
    private readonly record?: { add(listener: ListenerName, address: string, isSlowedDown: boolean): void },
  ) {}

  /** Counts a login with a wrong secret. */
  note(listener: ListenerName, address: string): FailedLogin {
    const group = addressGroup(address);
    const isThrottled = this.isOverLimit(group);
    this.record?.add(listener, group, isThrottled);
    this.metrics.failedLogins.inc({ listener, answer: isThrottled ? 'slowed-down' : 'at-once' });
    if (!isThrottled) return { isThrottled, turn: AT_ONCE };
    if (this.burst() === undefined) this.lastBurst = { listener, address: group };
    this.burstEndsAt = performance.now() + this.times.windowMs;
    return { isThrottled, turn: this.held < MOST_HELD ? this.hold() : AT_ONCE };
  }

  /** The present burst; over when nothing was slowed down for a minute. */
  burst(): LoginBurst | undefined {
    return performance.now() < this.burstEndsAt ? this.lastBurst : undefined;
  }

  private isOverLimit(group: string): boolean {
    const now = performance.now();
    if (now >= this.windowEndsAt) {
      this.windowEndsAt = now + this.times.windowMs;
      this.total = 0;
      this.byAddress.clear();
    }
    const failures = this.byAddress.get(group) ?? 0;
    if (failures >= this.limits.perAddress || this.total >= this.limits.total) return true;
    this.total += 1;
    this.byAddress.set(group, failures + 1);
    return false;
  }

  private async hold(): Promise<void> {
    this.held += 1;
    await new Promise((resolve) => setTimeout(resolve, this.times.holdMs));
    this.held -= 1;
  }
}
