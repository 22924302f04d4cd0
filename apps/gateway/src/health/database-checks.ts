import type pg from 'pg';
import { troublesSeenSince } from '../storage/seen-troubles.js';
import { TROUBLE_SENTENCES, type DatabaseTrouble } from '../storage/database-trouble.js';
import type { Condition } from './conditions.js';
import type { HealthCheck } from './health-watch.js';

const FSYNC: Condition = {
  kind: 'database.fsync-off',
  severity: 'critical',
  message:
    'PostgreSQL runs with fsync = off: when its machine fails, accepted and paid orders are lost and may be bought twice. Set fsync = on.',
};
const FULL_PAGE_WRITES: Condition = {
  kind: 'database.full-page-writes-off',
  severity: 'critical',
  message:
    'PostgreSQL runs with full_page_writes = off: when its machine fails, the ledger may be damaged. Set full_page_writes = on.',
};

/** Whether the server keeps its commits: no session can set that. */
export function checkDurability(pool: pg.Pool): HealthCheck {
  return {
    kinds: [FSYNC.kind, FULL_PAGE_WRITES.kind],
    find: async () => {
      const { rows } = await pool.query<{ fsync: string; pages: string }>(
        `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages`,
      );
      const [server] = rows;
      return [...(server?.fsync === 'off' ? [FSYNC] : []), ...(server?.pages === 'off' ? [FULL_PAGE_WRITES] : [])];
    },
  };
}

/** Troubles that statements meet and a probe would not; each counts for so long after it was met last. */
const SEEN_MS = 30_000;
const SEEN = [
  'disk-full',
  'out-of-resources',
  'too-many-connections',
  'took-too-long',
] as const satisfies readonly DatabaseTrouble[];

/** Whether the database takes writes, and what the statements of this process meet. */
export function checkWrites(pool: pg.Pool): HealthCheck {
  return {
    kinds: ['read-only', ...SEEN].map((trouble) => `database.${trouble}`),
    find: async () => {
      const seen = troublesSeenSince(SEEN_MS);
      const troubles = SEEN.filter((trouble) => seen.has(trouble));
      const isReadOnly = await pool
        .query<{ readOnly: boolean }>(`select current_setting('transaction_read_only') = 'on' as "readOnly"`)
        .then(
          ({ rows }) => rows[0]?.readOnly === true,
          // The server gives no facts now, for example without a free connection; the last finding stays.
          () => false,
        );
      return [...(isReadOnly ? ['read-only' as const] : []), ...troubles].map((trouble) => ({
        kind: `database.${trouble}`,
        severity: trouble === 'took-too-long' ? 'warning' : 'critical',
        message: TROUBLE_SENTENCES[trouble],
      }));
    },
  };
}
