import type pg from 'pg';
import type { Metrics } from '../metrics/metrics.js';
import { Reading } from '../metrics/reading.js';
import { statement } from '../storage/statement.js';

const LOOK = statement('look-at-partner')`
select r.fund::float8 as "fundRoubles", r.amount::float8 as "leftRoubles", h.amount_left::float8 as "estimateRoubles",
       extract(epoch from clock_timestamp() - r.read_at)::float8 as "readingAgeSecs", h.held::int as held,
       (select greatest(0, extract(epoch from next_call_at - clock_timestamp())) from partner_pace)::float8 as "limiterWaitSecs",
       (select coalesce(json_object_agg(d.name, extract(epoch from clock_timestamp() - d.fetched_at)), '{}')
          from dictionaries d) as "dictionaryAgesSecs"
  from sending_hold h left join (select * from account_readings order by id desc limit 1) r on true`;

interface Look {
  readonly fundRoubles: number | null;
  readonly leftRoubles: number | null;
  readonly estimateRoubles: number | null;
  readonly readingAgeSecs: number | null;
  readonly held: number;
  readonly limiterWaitSecs: number | null;
  readonly dictionaryAgesSecs: Readonly<Record<string, number>>;
}

/** Gauges of the readings of Тройка Бизнес: the guarantee fund, the hold of sending, and their ages. */
export function watchPartner(metrics: Metrics, pool: pg.Pool): void {
  const reading = new Reading(metrics, 'partner', async () => (await pool.query<Look>(LOOK)).rows[0]);
  // Before the first answer of the partner no value is known either.
  const gauge = (name: string, help: string, pick: (look: Look) => number | null): void =>
    reading.gauge(name, help, (seen) => (seen === undefined ? null : pick(seen)));
  gauge('vestibule_fund_size_roubles', 'The size of the guarantee fund.', (seen) => seen.fundRoubles);
  gauge('vestibule_fund_left_roubles', 'What the last reading says is left of the fund.', (seen) => seen.leftRoubles);
  gauge(
    'vestibule_fund_left_estimate_roubles',
    'The last reading less what was confirmed since (counted only while TROIKA_FUND_FLOOR is set).',
    (seen) => seen.estimateRoubles,
  );
  gauge('vestibule_fund_reading_age_seconds', 'How old the last reading is.', (seen) => seen.readingAgeSecs);
  gauge('vestibule_sending_held', '1 while orders wait because the fund is under its floor.', (seen) => seen.held);
  gauge(
    'vestibule_rate_limiter_wait_seconds',
    'How long a call to Тройка Бизнес that comes now waits for its slot.',
    (seen) => seen.limiterWaitSecs,
  );
  reading.labelled(
    'vestibule_dictionary_age_seconds',
    'How old each dictionary of Тройка Бизнес is.',
    'dictionary',
    (seen) => Object.entries(seen?.dictionaryAgesSecs ?? {}),
  );
}
