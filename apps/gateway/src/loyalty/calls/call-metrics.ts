import { Counter, Histogram } from 'prom-client';
import type { Metrics } from '../../metrics/metrics.js';
import { observerOf, type Observer } from '../../metrics/observer.js';
import { DONE, type CallRecord } from './call-record.js';

interface Measured {
  readonly counter: Counter.Internal;
  readonly observe: Observer;
}

/** What is counted of Кошелёк's calls. The labels are of our tables: thirteen methods, and the codes of errors. */
export class CallMetrics {
  readonly unrecorded: Counter;
  private readonly calls: Counter;
  private readonly durations: Histogram;
  /** By method and code: looking up labels costs more than counting. */
  private readonly measured = new Map<string, Measured>();

  constructor({ registry }: Metrics) {
    const registers = [registry];
    this.calls = new Counter({
      name: 'vestibule_loyalty_calls_total',
      help: 'Calls of Кошелёк, by method and by the code of the error, ok without one.',
      labelNames: ['method', 'code'],
      registers,
    });
    this.durations = new Histogram({
      name: 'vestibule_loyalty_call_duration_seconds',
      help: 'How long calls of Кошелёк took, by method and outcome.',
      labelNames: ['method', 'outcome'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    this.unrecorded = new Counter({
      name: 'vestibule_loyalty_calls_unrecorded_total',
      help: 'Calls that GET /admin/loyalty/calls does not show because there were too many at once.',
      registers,
    });
  }

  count({ method, code, durationMs }: CallRecord): void {
    const { counter, observe } = this.measuredBy(method, code);
    counter.inc();
    observe(durationMs / 1_000);
  }

  private measuredBy(method: string, code: string): Measured {
    const key = `${method} ${code}`;
    const known = this.measured.get(key);
    if (known !== undefined) return known;
    const outcome = code === DONE ? 'done' : 'refused';
    const made = {
      counter: this.calls.labels({ method, code }),
      observe: observerOf(this.durations, { method, outcome }),
    };
    this.measured.set(key, made);
    return made;
  }
}
