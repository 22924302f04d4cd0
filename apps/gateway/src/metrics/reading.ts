import { Gauge } from 'prom-client';
import type { Metrics } from './metrics.js';
import { askInTurn } from '../core/within.js';

/** How long the page waits for a reading; then it shows the one before. */
const WAIT_MS = 1_000;

/**
 * Values that are read from the database when Prometheus asks: every process shows the same. The gauges of one scrape share
 * one reading. While the database is away they keep the values of the last one, whose age the page shows.
 */
export class Reading<T> {
  private last: { readonly value: T; readonly at: number } | undefined;
  private readonly refresh = askInTurn(() => this.readOnce(), WAIT_MS, undefined);

  /**
   * @param name for the metric of its age
   * @param read an error keeps the last values
   */
  constructor(
    private readonly metrics: Metrics,
    name: string,
    private readonly read: () => Promise<T>,
  ) {
    metrics.readings.set(name, async () => {
      await this.latest();
      return this.last === undefined ? undefined : (performance.now() - this.last.at) / 1_000;
    });
  }

  /** A gauge without labels; NaN before the first reading, because 0 may be an alarm. */
  gauge(name: string, help: string, pick: (value: T) => number | null): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [this.metrics.registry],
      collect: async () => {
        const value = await this.latest();
        gauge.set(value === undefined ? Number.NaN : (pick(value) ?? Number.NaN));
      },
    });
  }

  /** A gauge with one label: pairs of its values and the numbers. */
  labelled(name: string, help: string, label: string, pick: (value: T) => Iterable<readonly [string, number]>): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.metrics.registry],
      collect: async () => {
        const value = await this.latest();
        if (value === undefined) return;
        gauge.reset();
        for (const [of, number] of pick(value)) gauge.set({ [label]: of }, number);
      },
    });
  }

  private async latest(): Promise<T | undefined> {
    await this.refresh();
    return this.last?.value;
  }

  private async readOnce(): Promise<void> {
    try {
      this.last = { value: await this.read(), at: performance.now() };
    } catch {
      // The last values stay.
    }
  }
}
