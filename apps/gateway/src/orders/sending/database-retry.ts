import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describeError, type Logger } from '../../core/logger.js';
import { isDataError } from '../ledger/ledger.js';

export interface DatabaseRetryLimits {
  /** How often a step is repeated. */
  readonly pauseMs: number;
  /** How long in all: beyond a lease nothing is gained. */
  readonly limitMs: number;
  /** How long still once the process is to end. */
  readonly stoppingLimitMs: number;
}

/**
 * Repeats steps in the ledger while the database is away: what the partner has answered must not be lost with a
 * restart of PostgreSQL. A process that is to end does not wait for as long; its orders then become unknown when their
 * leases run out.
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
    what: 'hold' | 'rate-limit' | 'claim' | 'settle',
    orderId: string,
    step: () => Promise<T>,
  ): Promise<T> {
    const { pauseMs, limitMs, stoppingLimitMs } = this.limits;
    const started = performance.now();
    let stopSeen: number | undefined;
    for (;;) {
      try {
        return await step();
      } catch (error) {
        const now = performance.now();
        if (this.stopping.signal.aborted) stopSeen ??= now;
        const isOver = now - started > limitMs || (stopSeen !== undefined && now - stopSeen > stoppingLimitMs);
        const level = what === 'settle' || isOver ? 'error' : 'warn';
        this.logger[level]({ orderId, what, isOver, error: describeError(error) }, 'the ledger did not take a step');
        if (isOver || isDataError(error)) throw error;
        await delay(pauseMs);
      }
    }
  }
}
