import { jittered } from '../../core/jitter.js';
import { Periodic } from '../../storage/periodic.js';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { describeError, type Logger } from '../../core/logger.js';
import type { Metrics } from '../../metrics/metrics.js';
import type { Partner } from '../partner.js';
import { postponeRefresh, renewLease, takeRefresh, type RefreshLease, type RefreshName } from './refresh-schedule.js';

/** The result of one refresh. */
export type RefreshOutcome =
  | { readonly kind: 'kept' }
  /** The partner was not reached, or its answer cannot be stored. */
  | { readonly kind: 'failed'; readonly why: string }
  /** The lease was lost: another process does it. */
  | { readonly kind: 'overtaken' };

/** One thing that is read on a schedule. */
export interface Refreshing {
  readonly name: RefreshName;
  readonly periodSecs: number;
  /** Reads it, in a slot of the rate limiter that the caller has taken, and stores the answer. */
  refresh(partner: Partner, lease: RefreshLease): Promise<RefreshOutcome>;
}

/** How often a process looks whether something is due. */
const LOOK_MS = 1_000;
const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
/** How soon a refresh that has failed is tried again, by how often it has failed in a row; never later than its time. */
const RETRY_PAUSE_SECS = [1, 2, 5, 10, 30, 60, 300] as const;

/**
 * Reads data of Тройка Бизнес on schedule: it runs in every worker process, but each refresh in one process, which
 * holds its lease. A worker makes one such call at a time, so that an order waits in the rate limiter for at most one
 * of them per worker.
 */
export class Refresher {
  private readonly periods: ReadonlyMap<RefreshName, number>;
  private readonly stopping = new AbortController();
  private readonly periodic = new Periodic(LOOK_MS, () => this.lookForDue());

  constructor(
    private readonly pool: pg.Pool,
    private readonly partner: Partner,
    private readonly duties: readonly Refreshing[],
    private readonly metrics: Metrics,
    private readonly logger: Logger,
    private readonly random: () => number = Math.random,
  ) {
    this.periods = new Map(duties.map(({ name, periodSecs }) => [name, periodSecs]));
  }

  /** Begins at once. */
  start(): void {
    this.periodic.start({ atOnce: true });
  }

  /** A call in progress is finished. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.periodic.stop();
  }

  /** Runs due refreshes, one after the other. While the database is away, it tries again in the next round. */
  private async lookForDue(): Promise<void> {
    try {
      while (!this.stopping.signal.aborted) {
        const lease = await takeRefresh(this.pool, this.periods, randomUUID(), LEASE_MS);
        const duty = this.duties.find(({ name }) => name === lease?.name);
        if (lease === undefined || duty === undefined) return;
        await this.hold(lease, () => this.refresh(duty, lease));
      }
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'looking for what to read from the partner failed');
    }
  }

  /** Renews the lease for as long as the work takes, which includes the wait for its slot of the rate limiter. */
  private async hold(lease: RefreshLease, work: () => Promise<void>): Promise<void> {
    const renewing = setInterval(() => {
      // A lease that cannot be renewed runs out; storing the result checks it.
      renewLease(this.pool, lease, LEASE_MS).catch((error: unknown) => {
        this.logger.warn({ what: lease.name, error: describeError(error) }, 'a lease was not renewed');
      });
    }, RENEW_MS);
    await work().finally(() => clearInterval(renewing));
  }

  private async refresh(duty: Refreshing, lease: RefreshLease): Promise<void> {
    const { name, periodSecs } = duty;
    const isFree = await this.waitForSlot();
    if (!isFree) return await postponeRefresh(this.pool, lease, { pauseSecs: 0, failed: false });
    // The wait may have been longer than the lease, and a call more would be one too many.
    if (!(await renewLease(this.pool, lease, LEASE_MS))) return;
    const outcome = await duty.refresh(this.partner, lease).catch((error: unknown): RefreshOutcome => ({
      kind: 'failed',
      why: `it could not be kept: ${describeError(error).message}`,
    }));
    this.metrics.refreshes.inc({ what: name, outcome: outcome.kind });
    if (outcome.kind !== 'failed') return;
    const pause = RETRY_PAUSE_SECS[Math.min(lease.failures, RETRY_PAUSE_SECS.length - 1)] ?? 0;
    const pauseSecs = jittered(Math.min(pause, periodSecs), this.random);
    this.logger.warn({ what: name, why: outcome.why, pauseSecs, failures: lease.failures + 1 }, 'a refresh failed');
    await postponeRefresh(this.pool, lease, { pauseSecs, failed: true });
  }

  /** @returns false when the process is to end before the slot */
  private async waitForSlot(): Promise<boolean> {
    const { signal } = this.stopping;
    if (signal.aborted) return false;
    let stop: () => void = () => undefined;
    const stopped = new Promise<false>((resolve) => {
      stop = () => resolve(false);
      signal.addEventListener('abort', stop);
    });
    const taken = this.partner.rateLimiter.take().then(() => true);
    return await Promise.race([taken, stopped]).finally(() => signal.removeEventListener('abort', stop));
  }
}
