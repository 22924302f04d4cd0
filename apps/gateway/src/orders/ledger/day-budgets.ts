import type { Pool } from 'pg';
import { limitOf, type KeyLimits } from '../../config/read-key-limits.js';
import { Coalescer } from '../../storage/coalescer.js';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';
import { runTransaction } from '../../storage/transaction.js';

/** What an order would cost, and what its key may spend on a day; below zero it gives back what it did not need. */
interface Spending {
  readonly apiKeyName: string;
  readonly kopecks: number;
  readonly limitKopecks: number;
}

interface Spent {
  readonly apiKeyName: string;
  readonly kopecks: number;
}

/** Days begin where the money is counted. */
const TODAY = `(now() at time zone 'Europe/Moscow')::date`;
const KEPT_DAYS = 60;

const OPEN_DAY = statement('open-day-of-spending')`
with old as (
  delete from order_spending where api_key_name = any($1::text[]) and day < ${TODAY} - ${KEPT_DAYS}
)
insert into order_spending (api_key_name, day) select name, ${TODAY} from unnest($1::text[]) name order by name
on conflict do nothing`;

const LOCK_DAY = statement('lock-day-of-spending')`
select api_key_name as "apiKeyName", kopecks::float8 as kopecks
  from order_spending where day = ${TODAY} and api_key_name = any($1::text[]) order by api_key_name for update`;

const FIND_SPENT = statement('find-spending')`
select kopecks::float8 as kopecks from order_spending where day = ${TODAY} and api_key_name = $1`;

const SPENT = new ColumnArrays<Spent>({
  api_key_name: ['text', (spent) => spent.apiKeyName],
  kopecks: ['bigint', (spent) => spent.kopecks],
});

const NOTE_SPENT = statement('note-spending')`
update order_spending s set kopecks = g.kopecks
  from ${SPENT.rowsAs('g')} where s.api_key_name = g.api_key_name and s.day = ${TODAY}`;

/** What the orders of each key may cost on a day, by the catalogue; counted in the ledger, for all processes together. */
export class DayBudgets {
  private readonly spending: Coalescer<Spending, boolean>;

  constructor(
    private readonly pool: Pool,
    private readonly limits: KeyLimits,
  ) {
    this.spending = new Coalescer((wanted) => spend(pool, wanted), { maxBatch: 1_000, maxConcurrent: 1 });
  }

  /** In roubles; undefined for a key without a limit. */
  limitOf(apiKeyName: string): number | undefined {
    return limitOf(this.limits, apiKeyName);
  }

  /** What a key may spend on a day, and what is left of it today; undefined for a key without a limit. */
  async find(apiKeyName: string): Promise<{ roubles: number; kopecksLeft: number } | undefined> {
    const roubles = this.limitOf(apiKeyName);
    if (roubles === undefined) return undefined;
    const { rows } = await this.pool.query<{ kopecks: number }>({ ...FIND_SPENT, values: [apiKeyName] });
    return { roubles, kopecksLeft: Math.round(roubles * 100) - (rows[0]?.kopecks ?? 0) };
  }

  /** Counts an order that is about to be accepted. @returns whether it may be; if not, nothing is counted */
  async take(apiKeyName: string, kopecks: number): Promise<boolean> {
    const limit = this.limitOf(apiKeyName);
    if (limit === undefined || kopecks === 0) return true;
    return await this.spending.submit({ apiKeyName, kopecks, limitKopecks: Math.round(limit * 100) });
  }

  /** What was counted and was not accepted after all. */
  async giveBack(apiKeyName: string, kopecks: number): Promise<void> {
    await this.take(apiKeyName, -kopecks);
  }
}

/** One after the other, each as long as it fits. */
async function spend(pool: Pool, wanted: readonly Spending[]): Promise<boolean[]> {
  const names = [...new Set(wanted.map(({ apiKeyName }) => apiKeyName))];
  return await runTransaction(pool, async (client) => {
    await client.query({ ...OPEN_DAY, values: [names] });
    const { rows } = await client.query<Spent>({ ...LOCK_DAY, values: [names] });
    const spent = new Map(rows.map(({ apiKeyName, kopecks }) => [apiKeyName, kopecks]));
    const fits = wanted.map(({ apiKeyName, kopecks, limitKopecks }) => {
      const sum = (spent.get(apiKeyName) ?? 0) + kopecks;
      if (kopecks > 0 && sum > limitKopecks) return false;
      spent.set(apiKeyName, Math.max(0, sum));
      return true;
    });
    const noted = [...spent].map(([apiKeyName, kopecks]) => ({ apiKeyName, kopecks }));
    await client.query({ ...NOTE_SPENT, values: SPENT.of(noted) });
    return fits;
  });
}
