import type pg from 'pg';
import type { BusinessAccount } from '@vestibule/troika-contract';
import { exactNumber } from '../../core/exact-number.js';
import { statement } from '../../storage/statement.js';

/** The guarantee fund as it was read once. Amounts are roubles, digit for digit. */
export interface AccountReading {
  readonly name: string | null;
  /** Its size, as exact text; null when it was missing or unreadable. */
  readonly fund: string | null;
  /** The remaining amount. */
  readonly amount: string;
  readonly currencyId: string | null;
  /** The partner read it between these two moments. */
  readonly askedAt: Date;
  readonly readAt: Date;
}

/** Readings are kept so long, to show what an unknown order has cost. */
const KEPT_DAYS = 30;

export const READING_COLUMNS = `name, fund, amount, currency_id as "currencyId", asked_at as "askedAt", read_at as "readAt"`;

const LAST = statement('find-last-reading')`
select ${READING_COLUMNS}, extract(epoch from clock_timestamp() - read_at) > 2 * refresh_secs as stale,
       extract(epoch from clock_timestamp() - read_at)::float8 as "ageSecs"
  from account_readings order by id desc limit 1`;

/** The last reading; stale when it is older than two periods. Undefined before the first one. */
export async function findLastReading(
  pool: pg.Pool,
): Promise<(AccountReading & { readonly stale: boolean; readonly ageSecs: number }) | undefined> {
  const { rows } = await pool.query<AccountReading & { stale: boolean; ageSecs: number }>(LAST);
  return rows[0];
}

const KEEP = statement('keep-reading')`
insert into account_readings (asked_at, read_at, name, fund, amount, currency_id, refresh_secs)
values ($1, clock_timestamp(), $2, $3, $4, $5, $6)`;

const FORGET = statement('forget-readings')`delete from account_readings where read_at < now() - $1 * interval '1 day'`;

/**
 * Stores a reading, and deletes those that are too old.
 * @param askedAt by the clock of the database, as its text
 */
export async function insertReading(
  client: pg.ClientBase,
  { name, fund, amount, currencyId }: BusinessAccount,
  { askedAt, periodSecs }: { askedAt: string; periodSecs: number },
): Promise<void> {
  const values = [askedAt, name ?? null, fund ?? null, amount, currencyId ?? null, periodSecs];
  await client.query({ ...KEEP, values });
  await client.query({ ...FORGET, values: [KEPT_DAYS] });
}

/**
 * A reading as the API gives it: amounts as exact numbers.
 * @param more further fields of the answer
 */
export function readingView({ name, fund, amount, currencyId }: AccountReading, more: object): object {
  return { name, fund: exactNumber(fund), amount: exactNumber(amount), currencyId, ...more };
}
