import type { Pool } from 'pg';
import { describeError, type Logger } from '../core/logger.js';
import { nextFreeRetryMs } from '../orders/sending/retry-schedule.js';
import { Periodic } from '../storage/periodic.js';
import { composeAlert, type AlertLinks } from './alert.js';
import type { AlertMetrics } from './alert-metrics.js';
import type { AlertResult, AlertSender } from './alert-sender.js';
import type { AlertTarget } from './alert-target.js';
import { claimTargets, findNextAlert, type DueAlert, type TargetClaim } from './outbox/claim-target.js';
import { releaseTarget, settleDelivered, settleFailed } from './outbox/settle-alert.js';
import { noteTargets } from './outbox/target-records.js';
import { untilAborted } from '../core/within.js';

export interface AlertRules extends AlertLinks {
  readonly targets: readonly AlertTarget[];
  /** How long one alert may take until it is settled; after that another process delivers it. */
  readonly leaseMs: number;
  /** Pauses after failures in a row; the last one repeats. */
  readonly scheduleSecs: readonly number[];
  /** How soon the outbox is looked at again. */
  readonly pollMs: number;
}

/** How often a process says which targets it has. */
const NOTE_MS = 600_000;

/**
 * Empties the outbox of alerts: at most one attempt to a target at a time, over all processes, the oldest alert first.
 * Targets do not wait for each other. An alert of a process that is killed is sent by another one, perhaps again.
 */
export class AlertRelay {
  private readonly polling: Periodic;
  private readonly noting = new Periodic(NOTE_MS, () => this.note());
  private readonly byName: ReadonlyMap<string, AlertTarget>;
  /** Targets that this process delivers to at the moment. */
  private readonly underWay = new Map<string, Promise<void>>();
  private isStopping = false;

  constructor(
    private readonly parts: { readonly pool: Pool; readonly sender: AlertSender; readonly metrics: AlertMetrics },
    private readonly rules: AlertRules,
    private readonly logger: Logger,
  ) {
    this.polling = new Periodic(rules.pollMs, () => this.look());
    this.byName = new Map(rules.targets.map((target) => [target.name, target]));
  }

  /** Resolves when alerts are made for the targets. */
  async start(): Promise<void> {
    await noteTargets(this.parts.pool, this.rules.targets);
    this.noting.start();
    this.polling.start({ atOnce: true });
  }

  /**
   * Claims nothing new, and waits until attempts in progress are settled.
   *
   * @param enough aborted when it is to wait no longer: another process makes these attempts again
   */
  async stop(enough?: AbortSignal): Promise<void> {
    this.isStopping = true;
    const ended = Promise.all([this.noting.stop(), this.polling.stop()]).then(() =>
      Promise.all(this.underWay.values()),
    );
    await untilAborted(ended, enough);
  }

  private async look(): Promise<void> {
    const { pool, metrics } = this.parts;
    const targets = [...this.byName.keys()].filter((name) => !this.underWay.has(name));
    try {
      const claims = await claimTargets(pool, { targets, leaseMs: this.rules.leaseMs });
      for (const claim of claims) this.begin(claim);
      await metrics.readWaiting(pool);
    } catch (error) {
      this.logger.debug({ error: describeError(error) }, 'alerts wait for the database');
    }
  }

  private async note(): Promise<void> {
    try {
      await noteTargets(this.parts.pool, this.rules.targets);
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'the targets of alerts were not written down');
    }
  }

  private begin(claim: TargetClaim): void {
    const work = this.drain(claim)
      .catch((error: unknown) => {
        // The lease runs out, and the alert is sent again: twice is allowed, never is not.
        this.logger.warn({ target: claim.target, error: describeError(error) }, 'an alert was not settled');
      })
      .finally(() => this.underWay.delete(claim.target));
    this.underWay.set(claim.target, work);
  }

  /** Delivers one alert after the other until nothing waits, one fails, or the claim is lost. */
  private async drain(claim: TargetClaim): Promise<void> {
    const { pool, sender } = this.parts;
    const { leaseMs } = this.rules;
    const target = this.byName.get(claim.target);
    if (target === undefined) return;
    for (let { failures } = claim; ; failures = 0) {
      const due = this.isStopping ? undefined : await findNextAlert(pool, claim.target);
      if (due === undefined) {
        await releaseTarget(pool, claim);
        return;
      }
      const alert = composeAlert(due, { ...due, id: `alert_${due.eventId}_${due.phase}` }, this.rules);
      const result = await sender.send(target, alert);
      this.report(target, due, result);
      if (result.outcome !== 'delivered') {
        const retryInMs = nextFreeRetryMs(this.rules.scheduleSecs, failures + 1, result.retryAfterSecs);
        await settleFailed(pool, claim, { why: sentenceOf(result), retryInMs });
        return;
      }
      if (!(await settleDelivered(pool, claim, { deliveryId: due.deliveryId, leaseMs }))) return;
    }
  }

  /** One line per attempt; the address is not among its fields: it may hold a token. */
  private report(target: AlertTarget, { kind, phase, eventId, more }: DueAlert, result: AlertResult): void {
    this.parts.metrics.count(target.name, result);
    const { outcome, httpStatus, detail, durationMs } = result;
    this.logger.info(
      { target: target.name, kind, phase, eventId, more, outcome, httpStatus, detail, durationMs },
      'alert attempt',
    );
  }
}

/** What operators read of an attempt that failed. */
function sentenceOf({ httpStatus, detail, outcome }: AlertResult): string {
  return detail ?? (httpStatus === null ? outcome : `It answered HTTP ${httpStatus}.`);
}
