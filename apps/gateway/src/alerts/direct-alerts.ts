import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../core/logger.js';
import { nextFreeRetryMs } from '../orders/sending/retry-schedule.js';
import { composeAlert, type Alert, type AlertPhase } from './alert.js';
import type { AlertChannel, DirectAlert } from './alert-channel.js';
import type { AlertMetrics } from './alert-metrics.js';
import type { AlertRules } from './alert-relay.js';
import type { AlertSender } from './alert-sender.js';
import type { AlertTarget } from './alert-target.js';
import { untilAborted } from '../core/within.js';

/** More than all states together; what does not fit is in the log. */
const MOST_WAITING = 100;

/**
 * Alerts from memory, for what PostgreSQL cannot take: in order per target, repeated until they arrive or the process
 * ends. Each process sends its own, because nothing is left through which they could agree.
 */
export class DirectAlerts implements AlertChannel {
  private readonly open = new Map<string, DirectAlert & { readonly id: string }>();
  private readonly queues: ReadonlyMap<AlertTarget, Alert[]>;
  private readonly underWay = new Map<AlertTarget, Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly parts: { readonly sender: AlertSender; readonly metrics: AlertMetrics },
    private readonly rules: Omit<AlertRules, 'leaseMs' | 'pollMs'>,
    private readonly logger: Logger,
  ) {
    this.queues = new Map(rules.targets.map((target) => [target, []]));
  }

  alertDirectly(alert: DirectAlert): boolean {
    if (this.rules.targets.length === 0) return false;
    if (!this.open.has(alert.kind)) {
      const opened = { ...alert, id: randomUUID() };
      this.open.set(alert.kind, opened);
      this.enqueue(opened, 'opened', null);
    }
    return true;
  }

  endDirectly(kind: string, closedAt: Date): void {
    const opened = this.open.get(kind);
    if (opened === undefined) return;
    this.open.delete(kind);
    this.enqueue(opened, 'closed', closedAt);
  }

  /**
   * Makes no further attempts, and waits for those in progress.
   *
   * @param enough aborted when it is to wait no longer
   */
  async stop(enough?: AbortSignal): Promise<void> {
    this.stopping.abort();
    await untilAborted(Promise.all(this.underWay.values()), enough);
    for (const [{ name: target }, queue] of this.queues) {
      if (queue.length > 0)
        this.logger.warn({ target, alerts: queue.length }, 'direct alerts did not arrive before the stop');
    }
  }

  private enqueue({ id, ...alert }: DirectAlert & { id: string }, phase: AlertPhase, closedAt: Date | null): void {
    const event = { ...alert, details: {}, eventId: null, closedAt };
    const composed = composeAlert(event, { id: `alert_${id}_${phase}`, phase }, this.rules);
    for (const [target, queue] of this.queues) {
      if (queue.length >= MOST_WAITING) {
        this.logger.error({ target: target.name, kind: alert.kind, phase }, 'an alert was given up: too many wait');
        continue;
      }
      queue.push(composed);
      this.noteWaiting(target);
      if (!this.underWay.has(target)) {
        this.underWay.set(
          target,
          this.drain(target, queue).finally(() => this.underWay.delete(target)),
        );
      }
    }
  }

  private async drain(target: AlertTarget, queue: Alert[]): Promise<void> {
    const { sender, metrics } = this.parts;
    let failures = 0;
    for (let alert = queue[0]; alert !== undefined && !this.stopping.signal.aborted; alert = queue[0]) {
      const result = await sender.send(target, alert);
      metrics.count(target.name, result);
      const { kind, phase } = alert;
      const { outcome, httpStatus, detail, durationMs } = result;
      this.logger.info(
        { target: target.name, kind, phase, outcome, httpStatus, detail, durationMs },
        'direct alert attempt',
      );
      if (outcome === 'delivered') {
        failures = 0;
        queue.shift();
        this.noteWaiting(target);
        continue;
      }
      failures += 1;
      const pauseMs = nextFreeRetryMs(this.rules.scheduleSecs, failures, result.retryAfterSecs);
      await delay(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private noteWaiting(target: AlertTarget): void {
    this.parts.metrics.noteDirect(target.name, this.queues.get(target)?.length ?? 0);
  }
}
