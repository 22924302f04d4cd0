import type pg from 'pg';
import type { Tariff } from '@vestibule/troika-contract';
import { noteOperatorEvent } from '../../operator-events/operator-events.js';
import { runTransaction } from '../../storage/transaction.js';
import { finishRefresh, type RefreshLease } from '../refresh/refresh-schedule.js';
import type { DictionaryEntries, DictionaryName } from './dictionaries.js';
import { compareTariffs, type TariffChange } from './tariff-changes.js';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';

/** A dictionary as PostgreSQL has it. */
export interface DictionaryRow {
  readonly name: DictionaryName;
  readonly version: string;
  readonly fetchedAt: Date;
  /** Its age when it was read from the database. */
  readonly ageMs: number;
  readonly refreshSecs: number;
  /** Null when the version is the known one. */
  readonly entries: unknown[] | null;
}

type KnownVersion = Pick<DictionaryRow, 'name' | 'version'>;

const KNOWN = new ColumnArrays<KnownVersion>({
  name: ['text', ({ name }) => name],
  version: ['bigint', ({ version }) => version],
});

const FIND = statement('find-dictionaries')`
select d.name, d.version::text as version, d.fetched_at as "fetchedAt", d.refresh_secs as "refreshSecs",
       (extract(epoch from clock_timestamp() - d.fetched_at) * 1000)::float8 as "ageMs",
       case when k.version is distinct from d.version then d.entries end as entries
  from dictionaries d left join ${KNOWN.rowsAs('k')} using (name)`;

/**
 * Every stored dictionary.
 * @param known the versions that need not be read again
 */
export async function findDictionaries(pool: pg.Pool, known: readonly KnownVersion[]): Promise<DictionaryRow[]> {
  const { rows } = await pool.query<DictionaryRow>({
    ...FIND,
    values: KNOWN.of(known),
  });
  return rows;
}

const STORE = statement('store-dictionary')`
insert into dictionaries as d (name, entries, fetched_at, refresh_secs) values ($1, $2::json, now(), $3)
on conflict (name) do update
   set entries = excluded.entries, fetched_at = excluded.fetched_at, refresh_secs = excluded.refresh_secs,
       version = d.version + case when d.entries::text = excluded.entries::text then 0 else 1 end`;

/** The result of storing a dictionary. */
export type Storing =
  | { readonly kind: 'kept'; readonly changes: readonly TariffChange[] }
  /** An empty dictionary does not replace one with entries. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'overtaken' };

const FIND_DICTIONARY = statement('find-dictionary')`select entries from dictionaries where name = $1`;

/**
 * Replaces a dictionary, and writes the events of its changes, in one transaction; only under a lease that is still
 * held. The first dictionary is not a change.
 */
export async function storeDictionary<N extends DictionaryName>(
  pool: pg.Pool,
  lease: RefreshLease & { readonly name: N },
  entries: readonly DictionaryEntries[N][],
  periodSecs: number,
): Promise<Storing> {
  const { name } = lease;
  const store = async (client: pg.PoolClient): Promise<Storing> => {
    if (!(await finishRefresh(client, lease, periodSecs))) return { kind: 'overtaken' };
    const { rows } = await client.query<{ entries: DictionaryEntries[N][] }>({
      ...FIND_DICTIONARY,
      values: [name],
    });
    const before = rows[0]?.entries;
    if (entries.length === 0 && before !== undefined && before.length > 0) return { kind: 'empty' };
    await client.query({ ...STORE, values: [name, JSON.stringify(entries), periodSecs] });
    const changes =
      name === 'tariffs' && before !== undefined
        ? compareTariffs(before as Tariff[], entries as readonly Tariff[])
        : [];
    for (const { event } of changes) await noteOperatorEvent(client, event);
    return { kind: 'kept', changes: changes.map(({ change }) => change) };
  };
  return await runTransaction(pool, store, ({ kind }) => kind === 'kept');
}
