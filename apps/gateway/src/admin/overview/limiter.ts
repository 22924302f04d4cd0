import type { Pool } from 'pg';
import { object, orNull, type Schema, type TypeOf } from '../../http/schema/schema.js';
import { statement } from '../../storage/statement.js';

const PER_SECOND: Schema<number> = { type: 'number', description: 'The most calls a second (TROIKA_RATE_PER_SECOND).' };
const WAIT_SECS: Schema<number> = { type: 'number', description: 'How long a call that comes now waits.', minimum: 0 };
export const LIMITER = object(
  { perSecond: orNull(PER_SECOND), waitSecs: WAIT_SECS },
  { description: 'The rate limiter of all calls to Тройка Бизнес; without a rate where this process makes none.' },
);
export type LimiterView = TypeOf<typeof LIMITER>;

const READ = statement('look-at-limiter')`
select greatest(0, extract(epoch from next_call_at - clock_timestamp()))::float8 as "waitSecs" from partner_pace`;

/** For how long the next slot is not free. */
export async function readLimiterWait(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ waitSecs: number }>(READ);
  return Math.round((rows[0]?.waitSecs ?? 0) * 10) / 10;
}
