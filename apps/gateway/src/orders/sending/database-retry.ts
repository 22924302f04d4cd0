import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describeError, type Logger } from '../../core/logger.js';
import { isDataError } from '../ledger/ledger.js';

export interface DatabaseRetryLimits {
  /** How often a step is repeated. */
  readonly pauseMs: number;
  /** How long in all: beyond a lease nothing is gained. */
  readonly limitMs: number;
  /** How long an outcome is tried to be recorded; as any other step unless given. */
  readonly settleLimitMs?: number;
  /** How long still once the process is to end. */
  readonly stoppingLimitMs: number;
}

/** A step that keeps failing is logged this often. */
const LOG_PERIOD_MS = 5_000;

/**
 * Repeats steps in the ledger while the database is away: what the partner has answered must not be lost with a
 * restart of PostgreSQL. A process that is to end does not wait for as long; the next one on the same disk then finds the
 * outcome in the send journal.
 */
export class DatabaseRetry {
  private readonly stopping = new AbortController();

  constructor(
    private readonly limits: DatabaseRetryLimits,
    private readonly logger: Logger,
  ) {
    // Every order that waits for its slot listens.
    setMaxListeners(0, this.stopping.signal);
  }

  /** Aborted once the process is to end. */
  get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  /** From now on steps are repeated for a short while only. */
  stop(): void {
    this.stopping.abort();
  }

  /**
   * @param step must be safe to repeat when it is not known whether it was done
   * @throws what the step threw last, when the time is up or the database refuses the values themselves
   */
  async retryWhileDown<T>(
    what: 'brake' | 'rate-limit' | 'claim' | 'settle',
    orderId: string,
    step: () => Promise<T>,
  ): Promise<T> {
    const { pauseMs, stoppingLimitMs, settleLimitMs } = this.limits;
    const limitMs = what === 'settle' ? (settleLimitMs ?? this.limits.limitMs) : this.limits.limitMs;
    const started = performance.now();
    let loggedAt = -LOG_PERIOD_MS;
    let stopSeen: number | undefined;
    for (;;) {
      try {
        return await step();
      } catch (error) {
        const now = performance.now();
        if (this.stopping.signal.aborted) stopSeen ??= now;
        const isOver = now - started > limitMs || (stopSeen !== undefined && now - stopSeen > stoppingLimitMs);
        const level = what === 'settle' || isOver ? 'error' : 'warn';
        if (isOver || now - loggedAt >= LOG_PERIOD_MS) {
          this.logger[level]({ orderId, what, isOver, error: describeError(error) }, 'the ledger did not take a step');
          loggedAt = now;
        }
        if (isOver || isDataError(error)) throw error;
        await delay(pauseMs);
      }
    }
  }
}
