import type pg from 'pg';
import { statement } from '../../../storage/statement.js';

/** The readings that are compared with each other. */
export interface Period {
  /** Days such as `2026-11-27`, the last one included. */
  readonly from: string;
  readonly to: string;
  readonly by: 'day' | 'hour';
}

const CHOOSE = statement('choose-fund-readings')`
with bounds as (
  select $1::date::timestamp at time zone $3 as begins, ($2::date + 1)::timestamp at time zone $3 as ends
), closing as (
  select distinct on (date_trunc($4, r.read_at at time zone $3)) r.id, r.read_at
    from account_readings r cross join bounds where r.read_at >= begins and r.read_at < ends
   order by date_trunc($4, r.read_at at time zone $3), r.read_at desc
), opening as (
  select r.id, r.read_at from account_readings r cross join bounds where r.read_at < begins order by r.read_at desc limit 1
), first_of_all as (
  select r.id, r.read_at from account_readings r cross join bounds
   where r.read_at >= begins and r.read_at < ends and not exists (select from opening) order by r.read_at limit 1
)
select id::text from (select * from opening union select * from first_of_all union select * from closing) chosen
 order by read_at, chosen.id`;

/**
 * The last reading of each day or hour, and the last one before the first of them; where there is none, the first of all.
 *
 * @returns their ids, the oldest first
 */
export async function chooseReadings(pool: pg.Pool, { from, to, by }: Period, zone: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({ ...CHOOSE, values: [from, to, zone, by] });
  return rows.map(({ id }) => id);
}
