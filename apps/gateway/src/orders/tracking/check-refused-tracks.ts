import type { Pool } from 'pg';
import type { HealthCheck } from '../../health/health-watch.js';
import { statement } from '../../storage/statement.js';

const FIND = statement('find-refused-tracks')`
select count(*)::int as orders, (array_agg(order_id order by refused_since))[1:5] as ids from order_tracks
 where reported_at is null and (ended = 'deadline' or refused_since is not null)
   and ended is null and refused_since < now() - interval '2 days'`;

/** Whether Тройка Бизнес has known nothing for two days of orders that it confirmed: one event while there are any. */
export function checkRefusedTracks(pool: Pool): HealthCheck {
  return {
    kinds: ['tracking.refused'],
    find: async () => {
      const { rows } = await pool.query<{ orders: number; ids: readonly string[] | null }>(FIND);
      const { orders, ids } = rows[0] ?? { orders: 0, ids: null };
      if (orders === 0) return [];
      const message = `For two days Тройка Бизнес has reported nothing of ${orders} orders that it confirmed, ${ids?.join(', ')} first. Ask it whether it still has them; they continue being asked about, rarely.`;
      return [{ kind: 'tracking.refused', severity: 'warning', message }];
    },
  };
}
