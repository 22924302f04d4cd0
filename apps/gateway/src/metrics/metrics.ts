import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/**
 * The metrics of one process. Parts that measure something register it here under `vestibule_…`; labels come from small
 * fixed sets, never from what a caller sent.
 */
export class Metrics {
  readonly registry = new Registry();

  /** Attempts to send an order, by what is known of them and what became of the order. */
  readonly attempts = new Counter({
    name: 'vestibule_order_attempts_total',
    help: 'Attempts to send an order, by outcome and the status it led to.',
    labelNames: ['outcome', 'status'],
    registers: [this.registry],
  });

  /** How long calls to Тройка Бизнес took. */
  readonly partnerCalls = new Histogram({
    name: 'vestibule_partner_call_duration_seconds',
    help: 'Calls to Тройка Бизнес, by method and outcome.',
    labelNames: ['method', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** The text that Prometheus reads, and its content type. */
  async expose(): Promise<{ contentType: string; text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }
}
