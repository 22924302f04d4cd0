import type { Pool } from 'pg';
import { date } from '../../http/schema/formats.js';
import { listOf, named, object, orNull, text, type TypeOf } from '../../http/schema/schema.js';
import { statement } from '../../storage/statement.js';

const READING = named(
  'FundPoint',
  object({ at: date('When it was read.'), amount: text('What was left of it then, in roubles, digit for digit.') }),
);
export const FUND = object(
  {
    readings: listOf(READING, { description: 'The last one of each few minutes, the oldest first.' }),
    low: orNull(
      text('Under this mark people are warned (TROIKA_FUND_LOW); null without one, or if this process has none.'),
    ),
    floor: orNull(text('Under this one orders wait (TROIKA_FUND_FLOOR); null without one.')),
  },
  { description: 'The guarantee fund over time.' },
);
export type FundPoint = TypeOf<typeof READING>;

const READ = statement('read-fund-history')`
select distinct on (floor(extract(epoch from read_at) / ($2::integer * 60))) read_at as at, amount
  from account_readings
 where read_at >= now() - $1::integer * interval '1 hour'
 order by floor(extract(epoch from read_at) / ($2::integer * 60)), id desc`;

/** The fund in the last hours, one reading for each step at the most. */
export async function readFundHistory(pool: Pool, hours: number, stepMinutes: number): Promise<FundPoint[]> {
  const { rows } = await pool.query<FundPoint>({ ...READ, values: [hours, stepMinutes] });
  return rows;
}
