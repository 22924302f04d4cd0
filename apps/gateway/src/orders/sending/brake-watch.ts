import type { Logger } from '../../core/logger.js';
import type { Breaker } from '../../partner/circuit-breaker.js';
import type { JobOutcome } from '../../queue/job-queue.js';
import type { ClaimOutcome } from '../ledger/claim.js';
import type { Ledger } from '../ledger/ledger.js';
import type { SendJob } from '../ledger/send-job.js';
import type { DatabaseRetry } from './database-retry.js';
import type { SendingBrake } from './guard/sending-state.js';

/** When the open breaker lets a probe through, and whether one is under way. */
export type ProbeTime = Omit<Extract<ClaimOutcome, { kind: 'breaker-open' }>, 'kind'>;

/** While another process probes, the others ask again this soon. */
export const PROBE_PAUSE_MS = 1_000;
/** The longest one pause: workers then look at the breaker again. */
const MAX_PAUSE_MS = 30_000;
/** While as many orders are in progress as may be, until one of them is answered. */
export const TRIAL_PAUSE: JobOutcome = { kind: 'pause', pauseMs: 100 };
/** While a brake is on – the fund is under its floor, or sending is stopped – workers look again this soon. */
export const BRAKE_PAUSE: JobOutcome = { kind: 'pause', pauseMs: 2_000 };
/** What the log says when a brake comes on. */
const BRAKE_WORDS: Readonly<Partial<Record<SendingBrake, string>>> = {
  'fund-floor': 'the guarantee fund is under its floor: sending pauses',
  'outside-window': 'it is outside TROIKA_SEND_WINDOW: orders wait',
  stopped: 'sending is stopped; see GET /admin/sending',
};

/** Remembers which brake the last claim has met, and how long jobs wait for it. */
export class BrakeWatch {
  private brake: SendingBrake = 'none';

  constructor(
    private readonly parts: {
      readonly ledger: Pick<Ledger, 'brake'>;
      readonly databaseRetry: DatabaseRetry;
      readonly breaker: Pick<Breaker, 'longestMs'>;
    },
    private readonly logger: Logger,
  ) {}

  /**
   * While a brake is on, looks whether it still is, before an order takes a slot of the rate limiter that others can use.
   *
   * @returns how long to wait before anything else; undefined: the job may be tried
   */
  async pauseOf({ orderId }: SendJob): Promise<JobOutcome | undefined> {
    if (this.brake === 'none') return undefined;
    const { ledger, databaseRetry } = this.parts;
    const { brake, probeInMs, isProbing } = await databaseRetry.retryWhileDown('brake', orderId, () => ledger.brake());
    this.note(brake);
    if (brake === 'none') return undefined;
    if (brake === 'on-trial') return TRIAL_PAUSE;
    return brake === 'breaker-open' ? this.probePause({ probeInMs: probeInMs ?? 0, isProbing }) : BRAKE_PAUSE;
  }

  /** How long it is still too early for a probe; undefined when one is due. */
  probePause({ probeInMs, isProbing }: ProbeTime): JobOutcome | undefined {
    // A probe in progress may end at any moment: its whole time limit would be a pause for nothing.
    const mostMs = isProbing ? PROBE_PAUSE_MS : MAX_PAUSE_MS;
    if (probeInMs <= 0 || probeInMs > this.parts.breaker.longestMs) return undefined;
    return { kind: 'pause', pauseMs: Math.min(probeInMs, mostMs) };
  }

  noteClaim({ kind }: ClaimOutcome): void {
    this.note(kind === 'claimed' || kind === 'nothing' ? 'none' : kind === 'held' ? 'fund-floor' : kind);
  }

  private note(brake: SendingBrake): void {
    if (brake === this.brake) return;
    const [was, now] = [BRAKE_WORDS[this.brake], BRAKE_WORDS[brake]];
    if (now !== undefined) this.logger.warn({ brake }, now);
    else if (was !== undefined) this.logger.info({ was: this.brake }, 'the brake is off: sending continues');
    this.brake = brake;
  }
}
