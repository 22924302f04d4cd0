import type { CallOptions, CallResult, TroikaClient } from '@vestibule/troika-client';
import type { MethodName, RequestBodies } from '@vestibule/troika-contract';
import type { Metrics } from '../metrics/metrics.js';
import { PartnerClock } from './partner-clock.js';
import type { RateLimiter } from './rate-limiter.js';

/**
 * Тройка Бизнес for the parts of this process: every call respects the common rate limit and is measured. Each call is
 * made once; the caller decides about repeating (`METHODS[…].safeToRepeat`).
 */
export class Partner {
  constructor(
    private readonly client: Pick<TroikaClient, 'call'>,
    /** For a caller that must take a slot before another step, such as a claim. */
    readonly rateLimiter: RateLimiter,
    private readonly metrics: Metrics,
    /** Called after every call. */
    private readonly watch: (method: MethodName, result: CallResult) => Promise<void> = () => Promise.resolve(),
    /** What its answers say of the time. */
    readonly clock: PartnerClock = new PartnerClock(Date.now),
  ) {}

  /**
   * Waits for the call's slot of the rate limiter, then calls.
   *
   * @returns the outcome as far as it is known
   * @throws an error of the database when no slot can be taken; nothing was sent then
   */
  async call<M extends MethodName>(method: M, body: RequestBodies[M]): Promise<CallResult> {
    await this.rateLimiter.take();
    return this.callInSlot(method, body);
  }

  /** Calls at once, in a slot that was taken before. */
  async callInSlot<M extends MethodName>(
    method: M,
    body: RequestBodies[M],
    options?: CallOptions,
  ): Promise<CallResult> {
    const result = await this.client.call(method, body, options);
    this.metrics.partnerCalls.observe({ method, outcome: result.kind }, result.durationMs / 1_000);
    this.metrics.minutes.note('troika', result.durationMs, result.kind !== 'answered');
    await this.watch(method, result);
    return result;
  }
}
