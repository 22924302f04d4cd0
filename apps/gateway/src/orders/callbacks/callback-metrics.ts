import { Counter, Histogram } from 'prom-client';
import type { Pool } from 'pg';
import type { Metrics } from '../../metrics/metrics.js';
import { Reading } from '../../metrics/reading.js';
import type { AttemptOutcome } from './delivery-verdict.js';
import { statement } from '../../storage/statement.js';

/** What is counted of the attempts of this process. */
export class CallbackMetrics {
  private readonly attempts: Counter;
  private readonly durations: Histogram;

  constructor({ registry }: Metrics) {
    this.attempts = new Counter({
      name: 'vestibule_callback_attempts_total',
      help: 'Attempts to deliver a callback, by outcome.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    this.durations = new Histogram({
      name: 'vestibule_callback_attempt_duration_seconds',
      help: 'How long attempts to deliver a callback took, by whether it was delivered.',
      labelNames: ['result'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30],
      registers: [registry],
    });
  }

  count(outcome: AttemptOutcome, durationMs: number): void {
    this.attempts.inc({ outcome });
    const result = outcome === 'delivered' ? 'delivered' : 'failed';
    this.durations.observe({ result }, durationMs / 1000);
  }
}

interface Pending {
  readonly count: number;
  readonly ageSecs: number;
}

const PENDING = statement('count-callbacks')`
select count(*)::int as count, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as "ageSecs"
  from callback_deliveries where state = 'pending'`;

/** The callbacks that wait, read from the outbox. */
export function watchCallbacks(metrics: Metrics, pool: Pool): void {
  const reading = new Reading(metrics, 'callbacks', () => countPending(pool));
  reading.gauge(
    'vestibule_callbacks_pending',
    'Callbacks that are neither delivered nor given up, those of disabled addresses included.',
    ({ count }) => count,
  );
  reading.gauge(
    'vestibule_callbacks_pending_oldest_age_seconds',
    'How long the oldest of them has waited; 0 for none.',
    ({ ageSecs }) => ageSecs,
  );
}

async function countPending(pool: Pool): Promise<Pending> {
  const { rows } = await pool.query<Pending>(PENDING);
  return rows[0] ?? { count: 0, ageSecs: 0 };
}
