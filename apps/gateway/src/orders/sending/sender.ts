import type { CreateOrderBody } from '@vestibule/troika-contract';
import { randomUUID } from 'node:crypto';
import type { Logger } from '../../core/logger.js';
import type { Metrics } from '../../metrics/metrics.js';
import type { JobOutcome } from '../../queue/job-queue.js';
import type { Breaker, CallPlace } from '../../partner/circuit-breaker.js';
import type { Claim, ClaimOutcome } from '../ledger/claim.js';
import type { SendJob } from '../ledger/send-job.js';
import { isDataError, type Ledger } from '../ledger/ledger.js';
import type { AttemptSettlement } from '../ledger/settle-attempts.js';
import type { Catalog } from '../../partner/catalog/catalog.js';
import { answerNotices } from './answer-notices.js';
import { BRAKE_PAUSE, BrakeWatch, PROBE_PAUSE_MS, TRIAL_PAUSE, type ProbeTime } from './brake-watch.js';
import { Lease } from './lease.js';
import { decide, OUTCOME_TABLE } from './outcome-table.js';
import type { Partner } from '../../partner/partner.js';
import { reportToBreaker } from '../../partner/report-to-breaker.js';
import type { DatabaseRetry } from './database-retry.js';
import type { BeginOutcome, SendJournal } from './journal/send-journal.js';
import { scheduledRetryMs } from './retry-schedule.js';
import type { SendQueue } from './send-queue.js';
import { endOf, journalOf, logLineOf, settlementOf, unsent, withoutWords } from './settlement.js';
import { traceAttempt, type AttemptTrace } from './trace-attempt.js';
import type { Traces } from '../../tracing/traces.js';
import { nextPollMs } from '../tracking/track-schedule.js';

export interface SenderRules {
  /** How long a claim holds. */
  readonly leaseMs: number;
  readonly retryScheduleSecs: readonly number[];
  readonly trackScheduleSecs: readonly number[];
  readonly retryableCodes: readonly number[];
}

type Held = { readonly outcome: ClaimOutcome; readonly lease: Lease };

/** What a process that is to end does with a job whose slot has not come: another takes it at once. */
const GIVEN_BACK: JobOutcome = { kind: 'give-back' };
const DONE: JobOutcome = { kind: 'done' };

/** Sends orders: claim in the ledger, one call, record in the ledger. */
export class Sender {
  private readonly brakes: BrakeWatch;

  constructor(
    private readonly parts: {
      readonly ledger: Ledger;
      readonly partner: Partner;
      readonly queue: SendQueue;
      readonly breaker: Breaker;
      readonly databaseRetry: DatabaseRetry;
      readonly journal: SendJournal;
      readonly metrics: Metrics;
      /** Says what an order should cost; undefined checks no price. */
      readonly catalog: Pick<Catalog, 'expectedCost'> | undefined;
      readonly traces: Traces;
    },
    private readonly rules: SenderRules,
    private readonly logger: Logger,
  ) {
    this.brakes = new BrakeWatch(parts, logger);
  }

  /** Does one job of the queue; a job that comes late or twice does nothing, and while the breaker is open none does. */
  async send(job: SendJob): Promise<JobOutcome> {
    // The gate has closed: another process may take it.
    if (!this.parts.journal.isWritable) return GIVEN_BACK;
    const pause = await this.brakes.pauseOf(job);
    if (pause !== undefined) return pause;
    // Before the claim: an order that waits for its slot can still be cancelled, and no lease runs.
    const { databaseRetry, partner } = this.parts;
    const { stopped } = databaseRetry;
    const hasCome = await databaseRetry.retryWhileDown('rate-limit', job.orderId, () =>
      partner.rateLimiter.takeInLine(stopped),
    );
    // The process may have received a signal to end meanwhile.
    if (!hasCome || stopped.aborted) return GIVEN_BACK;
    const { outcome, lease } = await this.claim(job, false);
    switch (outcome.kind) {
      case 'claimed':
        await this.attempt(outcome.claim, lease, false);
        return DONE;
      case 'nothing':
        return DONE;
      case 'held':
      case 'stopped':
      case 'outside-window':
        return BRAKE_PAUSE;
      case 'on-trial':
        return TRIAL_PAUSE;
      case 'breaker-open':
        return await this.probe(job, outcome);
    }
  }

  private async probe(job: SendJob, open: ProbeTime): Promise<JobOutcome> {
    const { breaker } = this.parts;
    const pause = this.brakes.probePause(open);
    if (pause !== undefined) return pause;
    if (!(await breaker.takeProbe())) return { kind: 'pause', pauseMs: PROBE_PAUSE_MS };
    const { outcome, lease } = await this.claim(job, true);
    if (outcome.kind === 'claimed') await this.attempt(outcome.claim, lease, true);
    else await breaker.giveBack({ isProbe: true });
    return outcome.kind === 'claimed' || outcome.kind === 'nothing' ? DONE : BRAKE_PAUSE;
  }

  /** The claim is requested under one id until it is answered: nothing is sent before that. */
  private async claim(job: SendJob, isProbe: boolean): Promise<Held> {
    const request = { ...job, isProbe, claimId: randomUUID() };
    const held = await this.parts.databaseRetry.retryWhileDown('claim', job.orderId, async () => {
      const lease = new Lease(this.rules.leaseMs);
      return { outcome: await this.parts.ledger.claim(request), lease };
    });
    this.brakes.noteClaim(held.outcome);
    return held;
  }

  private async attempt(claim: Claim, lease: Lease, isProbe: boolean): Promise<void> {
    const { partner, queue, breaker, metrics, journal, traces } = this.parts;
    const place = { isProbe, isTrial: claim.isTrial };
    const trace = traceAttempt(traces, claim);
    // On disk before the first byte leaves; the lease is asked again behind it, in the last moment.
    const begun = await journal.begin(journalOf(claim));
    if (begun !== 'begun') return await this.putBack(claim, begun, place, trace);
    const body = JSON.parse(claim.body) as CreateOrderBody;
    const options = { maySend: () => lease.holds() };
    const result = await trace.call(() => partner.callInSlot('app_create_order', body, options));
    const counted = claim.attempt - claim.freeAttempts;
    const scheduledMs = scheduledRetryMs(result, this.rules.retryScheduleSecs, { counted, made: claim.attempt });
    const circumstances = {
      attemptsLeft: scheduledMs !== undefined,
      retryableCodes: this.rules.retryableCodes,
      inDoubt: claim.inDoubt,
    };
    // An answer does not wait for the breaker, which asks the database.
    const answered = result.kind === 'answered' ? decide(result, { ...circumstances, breakerOpen: false }) : undefined;
    const answerNoted = answered && journal.end(endOf(claim, result, answered, false));
    const probeDelayMs = await reportToBreaker(
      breaker,
      result,
      { ...place, isOrder: true, isNews: claim.troubled },
      this.logger,
    );
    const verdict = answered ?? decide(result, { ...circumstances, breakerOpen: probeDelayMs !== undefined });
    const isFree = verdict.status === 'retrying' && (probeDelayMs !== undefined || result.kind === 'not-executed');
    metrics.attempts.inc({ outcome: result.kind, status: verdict.status });
    // While the breaker is open, the schedule would only make the order miss the end of it; a requested pause is
    // respected.
    const askedMs = result.kind === 'not-executed' ? 1_000 * (result.retryAfterSecs ?? 0) : 0;
    const retryInMs = probeDelayMs === undefined ? (scheduledMs ?? 0) : Math.max(probeDelayMs, askedMs);
    const dueInMs = verdict.status === 'confirmed' ? nextPollMs(this.rules.trackScheduleSecs, 0) : retryInMs;
    const notices = answerNotices(verdict, this.parts.catalog?.expectedCost(body));
    const settlement = settlementOf(claim, result, verdict, { dueInMs, isFree, notices });
    const noted = answerNoted ?? journal.end(endOf(claim, result, verdict, isFree));
    // What the log says has come survives a kill.
    const logged = noted.then(() => this.logger.info(logLineOf(claim, result, verdict), 'attempt'));
    const job = await trace.settle(() => this.settle(settlement));
    trace.end({ outcome: settlement.outcome, reason: settlement.reason }, verdict);
    // It counts as settled once the disk has it too, for which the next order does not wait.
    void logged.then(() => journal.settled(claim));
    if (job !== undefined && verdict.status === 'retrying') queue.enqueue(job, retryInMs);
  }

  /** Nothing was sent: the attempt could not be recorded, or had begun before the ledger lost it. */
  private async putBack(
    claim: Claim,
    why: Exclude<BeginOutcome, 'begun'>,
    place: CallPlace,
    trace: AttemptTrace,
  ): Promise<void> {
    const { breaker, metrics } = this.parts;
    await breaker.giveBack(place);
    const isFree = why === 'unwritable';
    const verdict = OUTCOME_TABLE[isFree ? 'not-written-down' : 'written-down-before'];
    const { orderId, attempt } = claim;
    this.logger.error({ orderId, attempt, why, status: verdict.status }, 'an attempt was not begun');
    const outcome = isFree ? 'not-sent' : 'unknown';
    metrics.attempts.inc({ outcome, status: verdict.status });
    await trace.settle(() => this.settle({ ...unsent(claim), verdict, outcome, reason: verdict.cause, isFree }));
    trace.end({ outcome, reason: verdict.cause }, verdict);
  }

  /** Words that the database refuses must not keep an outcome from being written down: it goes without them. */
  private async settle(settlement: AttemptSettlement): Promise<SendJob | undefined> {
    const { ledger, databaseRetry } = this.parts;
    try {
      return await databaseRetry.retryWhileDown('settle', settlement.orderId, () => ledger.settle(settlement));
    } catch (error) {
      if (!isDataError(error)) throw error;
      return await databaseRetry.retryWhileDown('settle', settlement.orderId, () =>
        ledger.settle(withoutWords(settlement)),
      );
    }
  }
}
