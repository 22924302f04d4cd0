import type { PoolClient } from 'pg';
import type { Row } from './columns.js';
import type { ClaimedValue, ImportKind } from './import-kind.js';
import { ColumnArrays } from '../../../storage/column-arrays.js';

/**
 * The keys of all lines of the file so far. They are in the database, because a file may have more of them than fit
 * into our memory. They disappear with the connection, and are rolled back with a failed batch.
 */
export const OPEN_KEYS = `
create temporary table import_keys (key text primary key);
create temporary table import_claims (field text, value text, owner text not null, primary key (field, value));
create index on import_claims (owner)`;
export const CLOSE_KEYS = 'drop table import_keys, import_claims';

/** The indexes of the lines whose keys are new; of several lines with the same key, the first. */
const ADD = `
with given as (
  select place, case when $2::boolean then without_case(key) else key end as key
    from unnest($1::text[]) with ordinality as g (key, place)
), first as (
  select distinct on (key) key, place from given order by key, place
), added as (
  insert into import_keys (key) select key from first on conflict do nothing returning key
)
select first.place::integer as place from first join added using (key)`;

/** No field contains it, so that the parts of a key cannot be confused. */
const SEPARATOR = '\u001f';

/** Divides the lines of a batch into those with a new key, which is then known, and the others. */
export async function addKeys(
  client: PoolClient,
  { key, keyIgnoresCase = false }: Pick<ImportKind, 'key' | 'keyIgnoresCase'>,
  rows: readonly Row[],
): Promise<{ fresh: Row[]; repeated: Row[] }> {
  const keys = rows.map((row) => key.map((name) => row[name]).join(SEPARATOR));
  const { rows: added } = await client.query<{ place: number }>(ADD, [keys, keyIgnoresCase]);
  const places = new Set(added.map(({ place }) => place - 1));
  return {
    fresh: rows.filter((_, at) => places.has(at)),
    repeated: rows.filter((_, at) => !places.has(at)),
  };
}

const CLAIMS = new ColumnArrays<ClaimedValue>({
  field: ['text', ({ field }) => field],
  value: ['text', ({ value }) => value],
  owner: ['text', ({ owner }) => owner],
});
const ADD_CLAIMS = `insert into import_claims (field, value, owner) select * from ${CLAIMS.rowsAs('g')}`;

/** Stores the claims of a batch in a dry run. */
export async function addClaims(client: PoolClient, claims: readonly ClaimedValue[]): Promise<void> {
  if (claims.length === 0) return;
  await client.query(ADD_CLAIMS, CLAIMS.of(claims));
}
