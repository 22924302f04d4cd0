import { Gauge } from 'prom-client';
import type { Metrics } from '../metrics/metrics.js';
import type { Conditions } from './conditions.js';

/** Shows which conditions hold, as this process sees it. */
export function watchConditions({ registry }: Metrics, conditions: Conditions): void {
  const gauge: Gauge = new Gauge({
    name: 'vestibule_conditions',
    help: 'Conditions that keep the gateway from its work or from doing it safely, by kind and severity: 1 while one holds.',
    labelNames: ['kind', 'severity'],
    registers: [registry],
    collect: () => {
      gauge.reset();
      for (const { kind, severity } of conditions.list()) gauge.set({ kind, severity }, 1);
    },
  });
}
