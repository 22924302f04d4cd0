import { Gauge } from 'prom-client';
import type pg from 'pg';
import type { Metrics } from '../../../metrics/metrics.js';
import { findSendingStops } from './sending-stops.js';

/** Whether and why orders wait, read from the ledger when Prometheus asks: every process shows the same. */
export function watchSending({ registry }: Metrics, pool: pg.Pool): void {
  // The gauges of one scrape share one look.
  let looking: ReturnType<typeof findSendingStops> | undefined;
  const look = (): ReturnType<typeof findSendingStops> =>
    (looking ??= findSendingStops(pool).finally(() => (looking = undefined)));
  const stopped: Gauge = new Gauge({
    name: 'vestibule_sending_stopped',
    help: '1 while no order is sent, whatever the reason.',
    registers: [registry],
    collect: async () => stopped.set((await look()).stops.length === 0 ? 0 : 1),
  });
  const reasons: Gauge = new Gauge({
    name: 'vestibule_sending_stop_reasons',
    help: '1 for each reason for which no order is sent.',
    labelNames: ['reason'],
    registers: [registry],
    collect: async () => {
      const { stops } = await look();
      reasons.reset();
      for (const { reason } of stops) reasons.set({ reason }, 1);
    },
  });
  const unknowns: Gauge = new Gauge({
    name: 'vestibule_unknown_outcomes_in_a_row',
    help: 'Orders whose outcome is unknown since the last valid answer to one.',
    registers: [registry],
    collect: async () => unknowns.set((await look()).unknowns),
  });
}
