import { Gauge } from 'prom-client';
import type { Metrics } from '../metrics/metrics.js';
import type { Conditions } from './conditions.js';

/** Shows which conditions hold, as this process sees it. */
export function watchConditions({ registry }: Metrics, conditions: Conditions): void {
  const gauge: Gauge = new Gauge({
    name: 'vestibule_conditions',
    help: 'Conditions that keep the gateway from its work or from doing it safely, by kind: 1 while one holds.',
    labelNames: ['kind'],
    registers: [registry],
    collect: () => {
      gauge.reset();
      for (const { kind } of conditions.list()) gauge.set({ kind }, 1);
    },
  });
}
