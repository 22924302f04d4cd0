import type { PoolClient } from 'pg';
import type { Columns, RowOf } from '../pipeline/columns.js';
import { nameUpTo, PHONE, textUpTo } from '../pipeline/forms.js';
import { importKind } from '../pipeline/import-kind.js';
import type { Kept } from '../pipeline/rejection.js';
import { ColumnArrays } from '../../../storage/column-arrays.js';

const COLUMNS = {
  phone: { form: PHONE, required: true },
  name: { form: nameUpTo(100) },
  value: { form: textUpTo(500) },
} as const satisfies Columns;

/** Phones with special terms: methods 12 and 13. One line per parameter; a phone without any has one line. */
export const specialPhones = importKind({
  columns: COLUMNS,
  key: ['phone', 'name'],
  tables: ['special_phones', 'special_phone_params'],
  check: ({ name, value }) =>
    (name === null) === (value === null)
      ? undefined
      : { field: name === null ? 'name' : 'value', reason: 'is missing' },
  keep,
});

const GIVEN = new ColumnArrays<RowOf<typeof COLUMNS>>({
  line: ['integer', ({ line }) => line],
  phone: ['text', ({ phone }) => phone],
  name: ['text', ({ name }) => name],
  value: ['text', ({ value }) => value],
});

const UPSERT = `
with given as (
  select * from ${GIVEN.rowsAs('g')}
), phones as (
  insert into special_phones (phone) select distinct phone from given order by phone on conflict do nothing
), params as materialized (
  select g.*, exists (select from special_phone_params p where p.phone = g.phone and p.name = g.name) as known
    from given g where g.name is not null
), changed as (
  update special_phone_params p set value = g.value
    from params g where p.phone = g.phone and p.name = g.name and p.value <> g.value returning 1
), added as (
  insert into special_phone_params (phone, position, name, value)
  select g.phone, coalesce((select max(position) from special_phone_params p where p.phone = g.phone), 0)
                  + row_number() over (partition by g.phone order by g.line), g.name, g.value
    from params g where not known
)
select count(*)::integer as known, (select count(*) from changed)::integer as changed from given g left join params on params.line = g.line
 where case when g.name is null then exists (select from special_phones p where p.phone = g.phone)
            else params.known end`;

/** Adds phones and parameters, in the order of the file, and changes the values of parameters that are there. */
async function keep(client: PoolClient, rows: readonly RowOf<typeof COLUMNS>[]): Promise<Kept> {
  const { rows: found } = await client.query<{ known: number; changed: number }>(UPSERT, GIVEN.of(rows));
  const { known = 0, changed = 0 } = found[0] ?? {};
  return { created: rows.length - known, changed, unchanged: known - changed, rejected: [] };
}
