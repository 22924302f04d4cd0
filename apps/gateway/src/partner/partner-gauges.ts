import { Gauge } from 'prom-client';
import type pg from 'pg';
import type { Metrics } from '../metrics/metrics.js';
import { statement } from '../storage/statement.js';

const LOOK = statement('look-at-partner')`
select r.fund::float8 as "fundRoubles", r.amount::float8 as "leftRoubles", h.amount_left::float8 as "estimateRoubles",
       extract(epoch from clock_timestamp() - r.read_at)::float8 as "readingAgeSecs", h.held::int as held,
       (select coalesce(json_object_agg(d.name, extract(epoch from clock_timestamp() - d.fetched_at)), '{}')
          from dictionaries d) as "dictionaryAgesSecs"
  from sending_hold h left join (select * from account_readings order by id desc limit 1) r on true`;

interface Look {
  readonly fundRoubles: number | null;
  readonly leftRoubles: number | null;
  readonly estimateRoubles: number | null;
  readonly readingAgeSecs: number | null;
  readonly held: number;
  readonly dictionaryAgesSecs: Readonly<Record<string, number>>;
}

/** Gauges of the readings of Тройка Бизнес: the guarantee fund, the hold of sending, and their ages. */
export function watchPartner({ registry }: Metrics, pool: pg.Pool): void {
  // The gauges of one scrape share one look.
  let looking: Promise<Look | undefined> | undefined;
  const look = (): Promise<Look | undefined> =>
    (looking ??= pool
      .query<Look>(LOOK)
      .then(({ rows }) => rows[0])
      .finally(() => (looking = undefined)));
  const gauge = (name: string, help: string, read: (look: Look) => number | null): void => {
    const registered: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect: async () => {
        const seen = await look();
        // Before the first reading no value is known, and 0 roubles would be an alarm.
        registered.set(seen === undefined ? Number.NaN : (read(seen) ?? Number.NaN));
      },
    });
  };
  gauge('vestibule_fund_size_roubles', 'The size of the guarantee fund.', (seen) => seen.fundRoubles);
  gauge('vestibule_fund_left_roubles', 'What the last reading says is left of the fund.', (seen) => seen.leftRoubles);
  gauge(
    'vestibule_fund_left_estimate_roubles',
    'The last reading less what was confirmed since (counted only while TROIKA_FUND_FLOOR is set).',
    (seen) => seen.estimateRoubles,
  );
  gauge('vestibule_fund_reading_age_seconds', 'How old the last reading is.', (seen) => seen.readingAgeSecs);
  gauge('vestibule_sending_held', '1 while orders wait because the fund is under its floor.', (seen) => seen.held);
  const ages: Gauge = new Gauge({
    name: 'vestibule_dictionary_age_seconds',
    help: 'How old each dictionary of Тройка Бизнес is.',
    labelNames: ['dictionary'],
    registers: [registry],
    collect: async () => {
      const seen = await look();
      for (const [dictionary, age] of Object.entries(seen?.dictionaryAgesSecs ?? {})) ages.set({ dictionary }, age);
    },
  });
}
