import type { Pool } from 'pg';
import { date } from '../../http/schema/formats.js';
import { integer, listOf, named, object, orNull, type Schema, type TypeOf } from '../../http/schema/schema.js';
import { statement } from '../../storage/statement.js';
import { percentileMs, type ClassCount } from './duration-class.js';
import { DIRECTIONS, type Direction } from './minute-figures.js';

/** The most that is shown. */
export const MOST_HOURS = 48;
const SHARE = 0.95;

const MS: Schema<number> = { type: 'number', description: 'Within which 95 of 100 calls ended, in milliseconds.' };
const POINT = named(
  'TrafficPoint',
  object(
    {
      at: date('When it begins.'),
      calls: integer('How many calls ended in it.', { minimum: 0 }),
      failed: integer('How many of them failed for a technical reason.', { minimum: 0 }),
      p95Ms: orNull(MS),
    },
    { description: 'The calls of some minutes.' },
  ),
);
export type TrafficPoint = TypeOf<typeof POINT>;
export const TRAFFIC = named(
  'Traffic',
  object({
    stepMinutes: integer('How many minutes a point is for.', { minimum: 1 }),
    koshelek: listOf(POINT, { description: 'Calls of Кошелёк, the oldest first, without the present minute.' }),
    troika: listOf(POINT, { description: 'Our calls to Тройка Бизнес.' }),
  }),
);
export type Traffic = TypeOf<typeof TRAFFIC>;

/** Points end with the last whole minute, so that none of them is cut short and looks like a drop. */
const READ = statement('read-minute-figures')`
with edge as (select date_trunc('minute', clock_timestamp()) as at)
select ceil(extract(epoch from e.at - f.minute)::float8 / (60 * $2::integer))::integer as back, f.direction, f.class as "durationClass",
       sum(f.calls)::integer as calls, sum(f.failed)::integer as failed, e.at as edge
  from edge e left join minute_figures f on f.minute >= e.at - $1::integer * interval '1 minute' and f.minute < e.at
 group by 1, 2, 3, e.at`;

interface Row extends ClassCount {
  /** How many points before the edge; null in the one row that is there without figures. */
  readonly back: number | null;
  readonly direction: Direction;
  readonly failed: number;
  readonly edge: Date;
}

/** How many minutes a point is for, so that a chart has about a hundred. */
export function stepMinutesFor(hours: number): number {
  return [1, 5, 15, 30].find((step) => (hours * 60) / step <= 100) ?? 30;
}

/** What went on in the last hours, in both directions; every point of them, those without calls too. */
export async function readTraffic(pool: Pool, hours: number): Promise<Traffic> {
  const stepMinutes = stepMinutesFor(hours);
  const { rows } = await pool.query<Row>({ ...READ, values: [hours * 60, stepMinutes] });
  const edgeMs = rows[0]?.edge.getTime() ?? 0;
  const count = (hours * 60) / stepMinutes;
  const byPoint = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.direction} ${row.back}`;
    byPoint.set(key, [...(byPoint.get(key) ?? []), row]);
  }
  const pointsOf = (direction: Direction): TrafficPoint[] =>
    Array.from({ length: count }, (_, index) => {
      const back = count - index;
      const found = byPoint.get(`${direction} ${back}`) ?? [];
      const sum = (of: 'calls' | 'failed'): number => found.reduce((total, row) => total + row[of], 0);
      const at = new Date(edgeMs - back * stepMinutes * 60_000);
      return { at, calls: sum('calls'), failed: sum('failed'), p95Ms: percentileMs(found, SHARE) };
    });
  const [koshelek, troika] = DIRECTIONS;
  return { stepMinutes, koshelek: pointsOf(koshelek), troika: pointsOf(troika) };
}
