import { Gauge } from 'prom-client';
import type pg from 'pg';
import type { Metrics } from '../../../metrics/metrics.js';
import { findSendingState } from './sending-state.js';

/** The gauge of the brake, read from the ledger when Prometheus asks: every process shows the same. */
export function watchSending({ registry }: Metrics, pool: pg.Pool): void {
  const stopped: Gauge = new Gauge({
    name: 'vestibule_sending_stopped',
    help: '1 while nothing is sent: stopped by hand, or because the ledger may have gone back in time.',
    registers: [registry],
    collect: async () => {
      const { state, isSame } = await findSendingState(pool);
      stopped.set(state === 'open' && isSame ? 0 : 1);
    },
  });
}
