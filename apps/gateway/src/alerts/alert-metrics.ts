import { Counter, Gauge } from 'prom-client';
import type { Pool } from 'pg';
import type { Metrics } from '../metrics/metrics.js';
import type { AlertResult } from './alert-sender.js';
import type { AlertTarget } from './alert-target.js';
import { countWaiting } from './outbox/target-records.js';

/** What is counted of alerts; the labels are the names in the settings. */
export class AlertMetrics {
  private readonly attempts: Counter;
  private waiting: ReadonlyMap<string, number> = new Map();
  private readonly direct = new Map<string, number>();

  constructor({ registry }: Metrics, targets: readonly AlertTarget[]) {
    this.attempts = new Counter({
      name: 'vestibule_alert_attempts_total',
      help: 'Attempts to deliver an alert, by target and outcome: delivered, or why not.',
      labelNames: ['target', 'outcome'],
      registers: [registry],
    });
    const gauge: Gauge = new Gauge({
      name: 'vestibule_alerts_waiting',
      help: 'Alerts that are not delivered yet, by target; without the database the number that was known last.',
      labelNames: ['target'],
      registers: [registry],
      collect: () => {
        for (const { name } of targets) {
          gauge.set({ target: name }, (this.waiting.get(name) ?? 0) + (this.direct.get(name) ?? 0));
        }
      },
    });
  }

  count(target: string, { outcome }: AlertResult): void {
    this.attempts.inc({ target, outcome });
  }

  /** Looks how many wait in PostgreSQL. @throws an error of the database */
  async readWaiting(pool: Pool): Promise<void> {
    this.waiting = await countWaiting(pool);
  }

  /** How many wait in the memory of this process. */
  noteDirect(target: string, waiting: number): void {
    this.direct.set(target, waiting);
  }
}
