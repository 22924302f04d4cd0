import type { Logger } from '../../core/logger.js';
import { describeError } from '../../core/logger.js';
import { claimTracks, HORIZON_MS, type TrackClaim } from './claim-tracks.js';
import { isTimeToProbe, nextRoundMs } from './next-round.js';
import { Poller, type PollerParts } from './poller.js';
import type { TrackRules } from './record-polls.js';

export interface TrackerRules extends TrackRules {
  readonly ratePerSecond: number;
  /** Of the rate, while orders wait to be sent. */
  readonly trackSharePercent: number;
  /** The most polls in progress at once, including those that wait for their slot or for being recorded. */
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly leaseMarginMs: number;
}

/** While the database is away, and while another process probes. */
const LATER_MS = 1_000;

/**
 * Polls Тройка Бизнес about paid orders, because it sends no notifications. Every worker process does, and they share
 * the work: each takes a few tracks at a time, with their slots of the common rate limiter, only a moment ahead – so
 * that what it has in memory depends on the rate and never on how many orders there are.
 */
export class Tracker {
  private readonly poller: Poller;
  private readonly leaseMs: number;
  private readonly underWay = new Set<Promise<void>>();
  private isStopping = false;
  private running: Promise<void> | undefined;
  private wake: () => void = () => undefined;

  constructor(
    private readonly parts: PollerParts,
    private readonly rules: TrackerRules,
    private readonly logger: Logger,
  ) {
    const { timeoutMs, leaseMarginMs } = rules;
    this.leaseMs = HORIZON_MS + timeoutMs + leaseMarginMs;
    this.poller = new Poller(parts, rules, leaseMarginMs / 2, logger);
  }

  start(): void {
    this.running = this.run();
  }

  /** Claims nothing more, and waits until polls in progress are recorded. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.wake();
    await this.running;
    await Promise.all(this.underWay);
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      const pauseMs = await this.round();
      if (!this.isStopping) await this.rest(pauseMs);
    }
  }

  /**
   * Claims due orders.
   * @returns the time until the next useful round, in milliseconds
   */
  private async round(): Promise<number> {
    const most = this.rules.concurrency - this.underWay.size;
    if (most <= 0) return LATER_MS;
    try {
      const { claims, conditions } = await this.claim(most, false);
      if (!isTimeToProbe(conditions)) return nextRoundMs(conditions, claims.length);
      await this.probe();
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'no paid orders could be taken to ask about');
    }
    return LATER_MS;
  }

  /** When no order is there to be sent, no one else finds out whether the partner is back. */
  private async probe(): Promise<void> {
    const { breaker } = this.parts;
    if (!(await breaker.takeProbe())) return;
    const { claims } = await this.claim(1, true);
    if (claims.length === 0) await breaker.giveBack({ isProbe: true });
  }

  private async claim(most: number, isProbe: boolean): ReturnType<typeof claimTracks> {
    const { pool } = this.parts;
    const { ratePerSecond, trackSharePercent } = this.rules;
    const rate = { slotSecs: 1 / ratePerSecond, share: trackSharePercent / 100 };
    const taken = await claimTracks(pool, { ...rate, most, leaseMs: this.leaseMs, isProbe });
    const { claimedAt, troubled } = taken.conditions;
    for (const claim of taken.claims) this.begin(claim, this.poller.poll(claim, { claimedAt, isProbe, troubled }));
    return taken;
  }

  private begin({ orderId }: TrackClaim, poll: Promise<void>): void {
    const done = poll
      .catch((error: unknown) => {
        this.logger.warn({ orderId, error: describeError(error) }, 'a report about an order was not written down');
      })
      .finally(() => {
        const wasFull = this.underWay.size >= this.rules.concurrency;
        this.underWay.delete(done);
        // Polls end together, as they are recorded: the next round is for all of them.
        if (wasFull) setImmediate(() => this.wake());
      });
    this.underWay.add(done);
  }

  /** Until the time is over, or a poll has ended where there was room for no other, or the process is to end. */
  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
