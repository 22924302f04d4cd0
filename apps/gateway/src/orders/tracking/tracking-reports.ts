import type { Pool } from 'pg';
import { describeError, type Logger } from '../../core/logger.js';
import { Periodic } from '../../storage/periodic.js';
import { statement, type Statement } from '../../storage/statement.js';

const PERIOD_MS = 60_000;

/** The operator events about tracks, each for all of them, and at most one an hour. */
const REPORTS = [
  {
    kind: 'tracking.deadline',
    which: `ended = 'deadline'`,
    message:
      'Paid orders are not asked about any more, because their deadline (TROIKA_TRACK_DEADLINE_DAYS) has passed with ' +
      'tickets neither written nor refunded. Ask Тройка Бизнес what became of them.',
  },
  {
    kind: 'tracking.refused',
    which: `ended is null and refused_since < now() - interval '2 days'`,
    message:
      'For two days Тройка Бизнес has reported nothing of orders that it confirmed before. Ask it whether it still has ' +
      'them; they continue being asked about, rarely.',
  },
] as const;

const reportOf = (kind: string, which: string): Statement => statement(`report-${kind}`)`
with found as (
  select order_id from order_tracks
   where reported_at is null and (ended = 'deadline' or refused_since is not null) and ${which}
     and not exists (select from operator_events where kind = $1 and at > now() - interval '1 hour')
   limit 10000 for update skip locked
), reported as (
  update order_tracks t set reported_at = now() from found f where t.order_id = f.order_id
  returning t.order_id
)
insert into operator_events (kind, severity, message, details)
select $1, 'warning', $2,
       jsonb_build_object('count', count(*), 'orders', to_jsonb((array_agg(order_id))[1:20]))
  from reported having count(*) > 0`;

const REPORTED = REPORTS.map(({ kind, which, message }) => ({ ...reportOf(kind, which), values: [kind, message] }));

/**
 * Reports to operators tracks that have ended at their deadline, and orders that the partner does not know any more.
 */
export async function reportTracks(pool: Pool): Promise<void> {
  for (const report of REPORTED) await pool.query(report);
}

/** Reports every minute. Every worker process does; what one reports the others find reported. */
export class TrackingReports {
  private readonly periodic = new Periodic(PERIOD_MS, () => this.report());

  constructor(
    private readonly pool: Pool,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.periodic.start();
  }

  stop(): Promise<void> {
    return this.periodic.stop();
  }

  private async report(): Promise<void> {
    try {
      await reportTracks(this.pool);
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'operator events about tracks were not written down');
    }
  }
}
