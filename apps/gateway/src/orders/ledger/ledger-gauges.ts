import { Gauge } from 'prom-client';
import type pg from 'pg';
import { countByStatus, type StatusCount } from './decisions/count-by-status.js';
import type { Metrics } from '../../metrics/metrics.js';

/** Gauges that are read from the ledger when Prometheus asks: every process shows the same numbers. */
export function watchLedger({ registry }: Metrics, pool: pg.Pool): void {
  // The gauges of one scrape are collected at the same time: they share one look at the ledger.
  let looking: Promise<StatusCount[]> | undefined;
  const look = (): Promise<StatusCount[]> => (looking ??= countByStatus(pool).finally(() => (looking = undefined)));
  const gauge = (name: string, help: string, read: (pile: StatusCount) => number): void => {
    const registered: Gauge = new Gauge({
      name,
      help,
      labelNames: ['status'],
      registers: [registry],
      collect: async () => {
        for (const pile of await look()) registered.set({ status: pile.status }, read(pile));
      },
    });
  };
  gauge('vestibule_orders', 'Orders whose state is not final or waits for a person, by status.', ({ count }) => count);
  gauge(
    'vestibule_orders_oldest_age_seconds',
    'How long the oldest order of a status has been in it; 0 for none.',
    ({ oldestAgeSecs }) => oldestAgeSecs ?? 0,
  );
}
