import type { Pool } from 'pg';
import { describeError, type Logger } from '../../core/logger.js';
import { Periodic } from '../../storage/periodic.js';
import { statement } from '../../storage/statement.js';

const PERIOD_MS = 60_000;

const MESSAGE =
  'Paid orders are not asked about any more, because their deadline (TROIKA_TRACK_DEADLINE_DAYS) has passed with ' +
  'tickets neither written nor refunded. Ask Тройка Бизнес what became of them.';

/** One event for all of them, and at most one an hour. */
const REPORT = statement('report-tracking-deadline')`
with found as (
  select order_id from order_tracks
   where reported_at is null and (ended = 'deadline' or refused_since is not null) and ended = 'deadline'
     and not exists (select from operator_events where kind = 'tracking.deadline' and at > now() - interval '1 hour')
   limit 10000 for update skip locked
), reported as (
  update order_tracks t set reported_at = now() from found f where t.order_id = f.order_id
  returning t.order_id
)
insert into operator_events (kind, severity, message, details)
select 'tracking.deadline', 'warning', $1,
       jsonb_build_object('count', count(*), 'orders', to_jsonb((array_agg(order_id))[1:20]))
  from reported having count(*) > 0`;

/** Reports to operators tracks that have ended at their deadline. */
export async function reportTracks(pool: Pool): Promise<void> {
  await pool.query({ ...REPORT, values: [MESSAGE] });
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
