import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { VERSION } from '../core/version.js';
import { MinuteFigures } from './minutes/minute-figures.js';

/** Sums of `nodejs_active_*` under names that Prometheus keeps for counters. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/**
 * The metrics of one process. Parts that measure something register it here under `vestibule_…`; labels come from small
 * fixed sets, never from what a caller sent.
 */
export class Metrics {
  readonly registry = new Registry();

  /** What the console shows of the last hours, without Prometheus. */
  readonly minutes = new MinuteFigures();

  /** Attempts to send an order, by their outcome and the order's new status. */
  readonly attempts = new Counter({
    name: 'vestibule_order_attempts_total',
    help: 'Attempts to send an order, by outcome and the status it led to.',
    labelNames: ['outcome', 'status'],
    registers: [this.registry],
  });

  /** Questions about paid orders, by their result. */
  readonly polls = new Counter({
    name: 'vestibule_tracking_polls_total',
    help: 'Questions about paid orders, by what came of them.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  /** Orders that are not polled any more, by the reason. */
  readonly tracksEnded = new Counter({
    name: 'vestibule_tracks_ended_total',
    help: 'Orders that are not asked about any more: complete, or at the deadline with tickets still open.',
    labelNames: ['reason'],
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

  /** Scheduled readings of Тройка Бизнес, by their result. */
  readonly refreshes = new Counter({
    name: 'vestibule_partner_refreshes_total',
    help: 'Readings of the dictionaries and of the guarantee fund, by outcome.',
    labelNames: ['what', 'outcome'],
    registers: [this.registry],
  });

  /** Changes of tariffs that were reported to operators. */
  readonly tariffChanges = new Counter({
    name: 'vestibule_tariff_changes_total',
    help: 'Tariffs whose price has changed, that have vanished or appeared, as seen by the process that read them.',
    labelNames: ['change'],
    registers: [this.registry],
  });

  /** Requests that were answered, on both listeners. */
  readonly requests = new Histogram({
    name: 'vestibule_http_request_duration_seconds',
    help: 'Requests that were answered, by listener, route or method of the contract, and class of the status.',
    labelNames: ['listener', 'route', 'outcome'],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  /** Lines of imported files, by what became of them. */
  readonly importedLines = new Counter({
    name: 'vestibule_import_lines_total',
    help: 'Lines of files that were imported through this process, by kind and what became of them; dry runs do not count.',
    labelNames: ['kind', 'outcome'],
    registers: [this.registry],
  });

  /** What is read from the database for the page, by name: gives its age in seconds, undefined before the first reading. */
  readonly readings = new Map<string, () => Promise<number | undefined>>();

  /** Logins with a wrong secret, by listener and by whether the answer was slowed down. */
  readonly failedLogins = new Counter({
    name: 'vestibule_login_failures_total',
    help: 'Logins with a wrong secret, by listener and by whether the answer was given at once or slowed down.',
    labelNames: ['listener', 'answer'],
    registers: [this.registry],
  });

  /** Connections that a listener did not take, by the limit that they were beyond. */
  readonly refusedConnections = new Counter({
    name: 'vestibule_connections_refused_total',
    help: 'Connections that were refused, by listener and by whether one address or all together had too many.',
    labelNames: ['listener', 'limit'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    for (const name of MISNAMED) this.registry.removeSingleMetric(name);
    const build = { name: 'vestibule_build_info', help: '1, with the versions of the gateway and of Node.js.' };
    new Gauge({ ...build, labelNames: ['version', 'node'], registers: [this.registry] }).set(
      { version: VERSION, node: process.version },
      1,
    );
    const ages: Gauge = new Gauge({
      name: 'vestibule_database_values_age_seconds',
      help: 'How old the values are that were read from PostgreSQL or the queue: while these are away, the last ones stay.',
      labelNames: ['values'],
      registers: [this.registry],
      collect: async () => {
        const show = async ([values, readAge]: [string, () => Promise<number | undefined>]): Promise<void> => {
          const age = await readAge();
          if (age !== undefined) ages.set({ values }, age);
        };
        await Promise.all([...this.readings].map(show));
      },
    });
  }

  /** The text that Prometheus reads, and its content type. */
  async expose(): Promise<{ contentType: string; text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }
}
