import type pg from 'pg';
import type { HealthCheck } from './health-watch.js';

/** So many looks in a row say it: one may meet a short burst. */
const LOOKS = 3;

/**
 * Whether statements of this process wait for a connection all the time.
 *
 * @param isDatabaseUp while PostgreSQL is away everything waits, and that has an event of its own
 */
export function checkPool(
  pool: Pick<pg.Pool, 'totalCount' | 'idleCount' | 'waitingCount' | 'options'>,
  isDatabaseUp: () => boolean,
): HealthCheck {
  let full = 0;
  return {
    kinds: ['database.pool-full'],
    find: () => {
      const { totalCount, idleCount, waitingCount, options } = pool;
      const isFull = totalCount >= options.max && idleCount === 0 && waitingCount > 0 && isDatabaseUp();
      full = isFull ? full + 1 : 0;
      if (full < LOOKS) return Promise.resolve([]);
      const message = `All ${options.max} connections of this process (pid ${process.pid}) to PostgreSQL are in use, and ${waitingCount} statements wait for one. Raise DATABASE_POOL_SIZE if PostgreSQL has room, or start another process.`;
      return Promise.resolve([{ kind: 'database.pool-full', severity: 'warning', message }]);
    },
  };
}
