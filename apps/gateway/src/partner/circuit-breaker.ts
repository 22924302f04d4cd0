import { MOST_RETRY_AFTER_SECS } from '@vestibule/troika-client';
import { jittered, notBefore } from '../core/jitter.js';
import type { Pool } from 'pg';
import { END_TRIAL, GIVE_PROBE_BACK, NOTE_ANSWER, NOTE_FAILURE, TAKE_PROBE } from './breaker-statements.js';

export interface BreakerSettings {
  /** How many calls in a row must fail to reach the partner before sending pauses. */
  readonly failures: number;
  /** How many orders in a row may end unknown before sending pauses. */
  readonly unknowns: number;
  /** How long it pauses, by how often it has opened in a row; the last one continues. */
  readonly pauseSecs: readonly number[];
  /** The longest a probe may take; then another may be sent. */
  readonly probeLimitMs: number;
}

/** The role of a call for the breaker. */
export interface CallPlace {
  /** The single call that checks whether the partner is back. */
  readonly isProbe: boolean;
  /** One of the few orders that may be in progress while no answer vouches for the partner. */
  readonly isTrial?: boolean;
}

/** Why the breaker opens. */
export type BreakerReason = 'partner-unreachable' | 'partner-refuses' | 'unknown-outcomes';

/** A call without a valid answer. */
export interface Failure extends CallPlace {
  readonly reason: BreakerReason;
  /** One is enough to open the breaker: the next call would fail in the same way. */
  readonly isPlain?: boolean;
  /** No one knows whether the order was executed; it counts against the limit of unknown outcomes. */
  readonly isUnknown?: boolean;
  /** The answer, in a few words for a person. */
  readonly last: string;
  /** The pause that the partner asked for. */
  readonly retryAfterSecs?: number | undefined;
}

/** The state of the breaker after a failure. */
export interface AfterFailure {
  /** Whether this opened it. */
  readonly opened: boolean;
  /** While it is open, in how many milliseconds the next probe is due. */
  readonly probeInMs: number | undefined;
  readonly failures: number;
  readonly unknowns: number;
  /** Why, for a person. */
  readonly message: string;
}

/** A pause is spread by a fifth both ways. */
const MOST_SPREAD = 1.2;
/** Successful answers are reported at most this often. */
const VOUCH_MS = 3_000;

/**
 * The circuit breaker that all workers share: one row in the ledger's database. It opens after so many calls in a row
 * that did not reach the partner, and after so many orders in a row whose outcome is unknown; then nothing is sent
 * until the pause is over, and from then on one order at a time to find out. The first valid answer closes it. Each
 * step is one statement over one row, apart from the orders' own, so that no one waits for two locks; the operator
 * event is in it.
 *
 * While no answer to an order has come lately, and after an unknown outcome, the claim lets only so many orders be in
 * progress as may become unknown until it opens (`orders/ledger/claim-orders.ts`).
 */
export class Breaker {
  private vouchedAt = -Infinity;

  constructor(
    private readonly pool: Pool,
    private readonly settings: BreakerSettings,
    private readonly random: () => number = Math.random,
  ) {}

  /** Notes a call that did not reach the partner, was not taken there, or of which no one knows the outcome. */
  async noteFailure(failure: Failure): Promise<AfterFailure> {
    const { isProbe, isTrial = false, reason, isPlain = false, isUnknown = false, last, retryAfterSecs = 0 } = failure;
    const { failures, unknowns, pauseSecs } = this.settings;
    const spread = jittered(1, this.random);
    const askedSecs = notBefore(Math.min(retryAfterSecs, MOST_RETRY_AFTER_SECS), this.random);
    this.vouchedAt = -Infinity;
    const { rows } = await this.pool.query<Omit<AfterFailure, 'probeInMs'> & { probeInMs: number | null }>({
      ...NOTE_FAILURE,
      values: [isProbe, failures, pauseSecs, spread, isPlain, isTrial, askedSecs, isUnknown, unknowns, reason, last],
    });
    const [row] = rows;
    if (row === undefined) throw new Error('the row of the breaker is missing');
    return { ...row, probeInMs: row.probeInMs === null ? undefined : Math.max(0, Math.ceil(row.probeInMs)) };
  }

  /** The longest time that it is open; a longer one is caused by a clock that was set back. */
  get longestMs(): number {
    const { pauseSecs, probeLimitMs } = this.settings;
    return Math.ceil(Math.max(1_000 * MOST_SPREAD * Math.max(MOST_RETRY_AFTER_SECS, ...pauseSecs), probeLimitMs));
  }

  /** Asks for the probe; no other process gets it until the probe has ended or its time is up. */
  async takeProbe(): Promise<boolean> {
    const { rowCount } = await this.pool.query({
      ...TAKE_PROBE,
      values: [this.settings.probeLimitMs, this.longestMs],
    });
    return rowCount === 1;
  }

  /** Nothing was sent in this place. */
  async giveBack({ isProbe, isTrial = false }: CallPlace): Promise<void> {
    if (isProbe) await this.pool.query(GIVE_PROBE_BACK);
    if (isTrial) await this.pool.query(END_TRIAL);
  }

  /** Whether a report that orders are answered is due: without it the breaker would require trials again. */
  get isVouchDue(): boolean {
    return performance.now() - this.vouchedAt > VOUCH_MS;
  }

  /**
   * Notes a valid answer.
   *
   * @param isOrder to an order; an answer to a read proves nothing about orders
   * @returns whether this closed the breaker
   */
  async noteAnswer(isOrder: boolean): Promise<boolean> {
    if (isOrder) this.vouchedAt = performance.now();
    const { rows } = await this.pool.query<{ closes: boolean }>({
      ...NOTE_ANSWER,
      values: [isOrder],
    });
    return rows[0]?.closes === true;
  }
}
