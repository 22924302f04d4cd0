import type pg from 'pg';
import { ConfigError } from '../../../config/read-config.js';
import type { SendWindow } from '../../../config/config.js';
import { describeError, type Logger } from '../../../core/logger.js';
import { statement } from '../../../storage/statement.js';
import { Periodic } from '../../../storage/periodic.js';

const SET = statement('set-send-window')`
update sending_hold h set window_opens = $1::time, window_closes = $2::time, window_zone = $3::text
 where (h.window_opens, h.window_closes, h.window_zone) is distinct from ($1::time, $2::time, $3::text)
   and ($3::text is null or now() at time zone $3::text is not null)`;

/** PostgreSQL does not know the time zone. */
const UNKNOWN_ZONE = '22023';

/**
 * Sets the hours in which all workers send orders; PostgreSQL's clock decides. @param window undefined: at any time
 *
 * @throws ConfigError when PostgreSQL does not know the time zone
 */
export async function setSendWindow(pool: pg.Pool, window: SendWindow | undefined): Promise<void> {
  const values = [window?.opens ?? null, window?.closes ?? null, window?.zone ?? null];
  try {
    await pool.query({ ...SET, values });
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNKNOWN_ZONE) throw error;
    throw new ConfigError([`TROIKA_SEND_WINDOW: PostgreSQL does not know the time zone "${window?.zone ?? ''}"`]);
  }
}

const REPORT = statement('report-send-window')`
with outside as (
  select outside_window_since(h.window_opens, h.window_closes, h.window_zone, clock_timestamp()) as since,
         to_char(h.window_opens, 'HH24:MI') || '-' || to_char(h.window_closes, 'HH24:MI') || ' ' || h.window_zone as hours
    from sending_hold h
), begun as (
  insert into operator_events (kind, severity, message, details, closed_at)
  select 'sending.outside-window', 'info',
         format('Orders are accepted and wait: they are sent %s only (TROIKA_SEND_WINDOW).', hours),
         jsonb_build_object('since', since, 'window', hours), null
    from outside where since is not null
  on conflict (kind) where closed_at is null do nothing
)
update operator_events set closed_at = now()
 where kind = 'sending.outside-window' and closed_at is null and exists (select from outside where since is null)`;

const PERIOD_MS = 5_000;

/** Reports to operators when the hours of sending end and begin: one event a night, from the first process. */
export function watchSendWindow(pool: pg.Pool, logger: Logger): Periodic {
  const watch = new Periodic(PERIOD_MS, async () => {
    try {
      await pool.query(REPORT);
    } catch (error) {
      logger.debug({ error: describeError(error) }, 'the hours of sending were not looked at');
    }
  });
  watch.start({ atOnce: true });
  return watch;
}
