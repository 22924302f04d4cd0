import { Gauge } from 'prom-client';
import type pg from 'pg';
import type { Metrics } from './metrics.js';

/** How much of the pool of this process is in use, and who waits for a connection. */
export function watchPool({ registry }: Metrics, pool: pg.Pool): void {
  const connections: Gauge = new Gauge({
    name: 'vestibule_database_pool_connections',
    help: 'Connections of the pool, by state: busy, idle, and max for the most there may be.',
    labelNames: ['state'],
    registers: [registry],
    collect: () => {
      connections.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      connections.set({ state: 'idle' }, pool.idleCount);
      connections.set({ state: 'max' }, pool.options.max);
    },
  });
  const waiting: Gauge = new Gauge({
    name: 'vestibule_database_pool_waiting',
    help: 'Statements that wait for a connection of the pool.',
    registers: [registry],
    collect: () => waiting.set(pool.waitingCount),
  });
}
