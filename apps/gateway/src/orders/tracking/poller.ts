import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Logger } from '../../core/logger.js';
import type { Metrics } from '../../metrics/metrics.js';
import { Coalescer } from '../../storage/coalescer.js';
import type { Breaker } from '../../partner/circuit-breaker.js';
import { isDataError } from '../ledger/ledger.js';
import type { Partner } from '../../partner/partner.js';
import { noteOddAnswer } from '../../partner/odd-answers.js';
import { reportToBreaker } from '../../partner/report-to-breaker.js';
import { askForPlacedOrder } from '../tickets/read-placed-order.js';
import { readingOf } from '../tickets/record-tickets.js';
import type { TrackClaim } from './claim-tracks.js';
import { judgePoll, type PollOutcome } from './judge-poll.js';
import { pauseTracking } from './pause-tracking.js';
import { recordPolls, type PollRecord, type RecordedPoll, type TrackRules } from './record-polls.js';

export interface PollerParts {
  readonly pool: Pool;
  readonly partner: Partner;
  readonly breaker: Breaker;
  readonly metrics: Metrics;
}

/** The data of a claim beside the track. */
export interface PollCircumstances {
  /** The claim's moment, by the clock of the database. */
  readonly claimedAt: Date;
  readonly isProbe: boolean;
  /** Calls before did not reach the partner. */
  readonly troubled: boolean;
}

/** Polls one order at a time: waits for its slot, calls, and stores the answer. */
export class Poller {
  private readonly recording: Coalescer<PollRecord, RecordedPoll | undefined>;
  /** Outcomes in a row that say neither yes nor no. */
  private unclear = 0;

  /** @param callWithinMs after its slot a poll has to leave, or its lease might end during the poll */
  constructor(
    private readonly parts: PollerParts,
    rules: TrackRules,
    private readonly callWithinMs: number,
    private readonly logger: Logger,
  ) {
    this.recording = new Coalescer((records) => recordPolls(parts.pool, records, rules), {
      maxBatch: 256,
      maxConcurrent: 2,
      // As with settlements: a commit for each would cost more than the rest.
      gather: { ms: 40, enough: 32 },
      isItemFault: isDataError,
    });
  }

  /**
   * @throws an error of the database when the outcome could not be stored: once its lease has run out the order is
   *   polled again
   */
  async poll(claim: TrackClaim, { claimedAt, isProbe, troubled }: PollCircumstances): Promise<void> {
    const started = performance.now();
    const { breaker, partner, pool, metrics } = this.parts;
    // A timer is never early by less than that.
    if (claim.waitMs >= 1) await delay(claim.waitMs);
    if (performance.now() - started > claim.waitMs + this.callWithinMs) {
      this.logger.warn({ orderId: claim.orderId }, 'the process stood still: the order is asked about later');
      return;
    }
    const result = await askForPlacedOrder(partner, claim, { hasSlot: true });
    await reportToBreaker(breaker, result, { isOrder: false, isNews: troubled, isProbe }, this.logger);
    const outcome = judgePoll(result, claim.troikaOrderId, this.unclear);
    this.unclear = outcome.kind === 'unclear' ? this.unclear + 1 : 0;
    metrics.polls.inc({ outcome: outcome.kind });
    if (outcome.pauseMs > 0 && (await pauseTracking(pool, outcome.pauseMs))) {
      this.logger.warn({ pauseMs: outcome.pauseMs, why: outcome.kind, detail: outcome.detail }, 'tracking pauses');
    }
    const readAt = new Date(claimedAt.getTime() + claim.waitMs);
    const { kind, placed, pauseMs } = outcome;
    const reading = placed && readingOf(claim.orderId, readAt, placed);
    const recorded = await this.recording.submit({ claim, kind, reading, pauseMs });
    this.report(claim, outcome, recorded, result.durationMs);
    await noteOddAnswer(pool, 'app_get_order', outcome.oddities, this.logger);
  }

  private report(
    { orderId, polls, step }: TrackClaim,
    { kind, detail }: PollOutcome,
    recorded: RecordedPoll | undefined,
    durationMs: number,
  ): void {
    const { ended = null, isNewlyRefused = false, changedTickets = 0 } = recorded ?? {};
    this.logger.debug({ orderId, polls, step, outcome: kind, detail, changedTickets, ended, durationMs }, 'poll');
    if (isNewlyRefused) this.logger.warn({ orderId, detail }, 'the partner refuses to report this order');
    if (ended !== null) this.parts.metrics.tracksEnded.inc({ reason: ended });
  }
}
