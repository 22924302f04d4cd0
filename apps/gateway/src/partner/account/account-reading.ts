import type pg from 'pg';
import type { BusinessAccount } from '@vestibule/troika-contract';
import { exactNumber } from '../../core/exact-number.js';
import { named, object, orNull, text, type TypeOf } from '../../http/schema/schema.js';
import { statement } from '../../storage/statement.js';
import { partnerNumber, partnerNumberOrNull, READING_FIELDS } from '../answer-fields.js';

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

/** Readings are kept so long, to show what an unknown order has cost; one of each hour longer, for reports. */
const KEPT_DAYS = 30;
const KEPT_HOURLY_DAYS = 400;

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

const INSERT = statement('insert-reading')`
insert into account_readings (asked_at, read_at, name, fund, amount, currency_id, refresh_secs)
values ($1, clock_timestamp(), $2, $3, $4, $5, $6)`;

// A week behind the limit is thinned out already, though no reading may have come for some days.
const DELETE_OLD = statement('delete-old-readings')`
delete from account_readings r
 where r.read_at < now() - $2 * interval '1 day'
    or r.read_at < now() - $1 * interval '1 day' and r.read_at > now() - ($1 + 7) * interval '1 day'
       and exists (select from account_readings later
                    where later.read_at > r.read_at
                      and later.read_at < date_trunc('hour', r.read_at, 'UTC') + interval '1 hour')`;

/**
 * Stores a reading, and deletes those that are too old, but for the last one of each hour.
 * @param askedAt by the clock of the database, as its text
 */
export async function insertReading(
  client: pg.ClientBase,
  { name, fund, amount, currencyId }: BusinessAccount,
  { askedAt, periodSecs }: { askedAt: string; periodSecs: number },
): Promise<void> {
  const values = [askedAt, name ?? null, fund ?? null, amount, currencyId ?? null, periodSecs];
  await client.query({ ...INSERT, values });
  await client.query({ ...DELETE_OLD, values: [KEPT_DAYS, KEPT_HOURLY_DAYS] });
}

/** What a reading says. */
export const FUND_FIELDS = {
  name: orNull(text('The name of the account there.')),
  fund: partnerNumberOrNull(
    'The size of the guarantee fund, in roubles; null when Тройка Бизнес reported none that can be read.',
  ),
  amount: partnerNumber('What is left of it, in roubles.', 997_200),
  currencyId: orNull(text('Such as RUB.')),
};

/** The guarantee fund as the API gives it. */
export const ACCOUNT = named(
  'Account',
  object(
    {
      ...FUND_FIELDS,
      ...READING_FIELDS,
    },
    { description: 'The guarantee fund.' },
  ),
);

export type AccountView = TypeOf<typeof ACCOUNT>;

/** A reading as the API gives it, but for its times: amounts as exact numbers. */
export function readingView({
  name,
  fund,
  amount,
  currencyId,
}: AccountReading): Omit<AccountView, keyof typeof READING_FIELDS> {
  return { name, fund: exactNumber(fund), amount: exactNumber(amount), currencyId };
}
