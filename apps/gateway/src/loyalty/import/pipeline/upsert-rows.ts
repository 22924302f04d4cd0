import type { PoolClient } from 'pg';
import type { Columns, RowOf } from './columns.js';
import type { Kept, Rejection } from './rejection.js';
import { ColumnArrays } from '../../../storage/column-arrays.js';

/** A reason to refuse a line that only the database knows. */
export interface Refusal extends Omit<Rejection, 'line'> {
  /** A condition in SQL, over the line `g`, the row `t` that it would change, and whatever is joined. */
  readonly when: string;
}

/** The table of a kind: one row for each line. */
export interface TargetTable {
  readonly table: string;
  /** The columns that name a row, and their values in SQL, over the line `g`. */
  readonly key: Readonly<Record<string, string>>;
  /** How the row of a line is found, where equal keys are not all of it: a condition over `g` and `t`. */
  readonly match?: string;
  /** The other columns, and their values in SQL, over the line `g`. */
  readonly values: Readonly<Record<string, string>>;
  /** What a refusal needs: joins that give one row for each line `g`. */
  readonly joins?: string;
  /** In the order of their checks. */
  readonly refusals: readonly Refusal[];
}

/** Of a line that names a card: there must be one. */
export const CARD_OF_LINE = 'left join cards c on c.number = g.card_number';
export const NO_SUCH_CARD: Refusal = {
  when: 'c.number is null or c.erased_at is not null',
  field: 'card_number',
  reason: 'is the number of no card',
};

interface Verdict {
  readonly line: number;
  readonly known: boolean;
  readonly changes: boolean;
  /** The index of the refusal; null when the line is accepted. */
  readonly refusal: number | null;
}

/**
 * Makes the function that upserts a batch: a line with a known key updates a row that differs, any other line inserts
 * one. Rows that do not change are not even locked, so that a file can be sent again under full traffic.
 */
export function upsertRows<C extends Columns>(
  columns: C,
  target: TargetTable,
): (client: PoolClient, rows: readonly RowOf<C>[]) => Promise<Kept> {
  const given = new ColumnArrays<RowOf<C>>({
    line: ['integer', ({ line }) => line],
    ...Object.fromEntries(
      Object.entries(columns).map(([name, { form }]) => [name, [form.type, (row: RowOf<C>) => row[name]] as const]),
    ),
  });
  const text = upsertText(given.rowsAs('g'), target);
  return async (client, rows) => {
    const { rows: verdicts } = await client.query<Verdict>(text, given.of(rows));
    const kept = verdicts.filter(({ refusal }) => refusal === null);
    const known = kept.filter((verdict) => verdict.known);
    const changed = known.filter(({ changes }) => changes).length;
    const rejected = verdicts.flatMap(({ line, refusal }) => {
      const found = target.refusals[refusal ?? -1];
      return found === undefined ? [] : [{ line, field: found.field, reason: found.reason }];
    });
    return { created: kept.length - known.length, changed, unchanged: known.length - changed, rejected };
  };
}

/** @param lines the given lines as a table `g` */
function upsertText(lines: string, target: TargetTable): string {
  const { table, key, values, joins = '', refusals } = target;
  const match = target.match ?? equal(key);
  const inserted = { ...key, ...values };
  const changes = Object.entries(values);
  const cases = refusals.map(({ when }, at) => `when ${when} then ${at}`);
  return `
with given as (
  select * from ${lines}
), changing as materialized (
  select g.line as of_line, t.* from given g join ${table} t on ${match}
   where ${changes.map(([column, value]) => `t.${column} is distinct from ${value}`).join(' or ') || 'false'}
   order by ${Object.keys(key)
     .map((column) => `t.${column}`)
     .join(', ')}
   for update of t
), judged as materialized (
  select g.*, t.of_line is not null as changes, exists (select from ${table} t where ${match}) as known,
         case ${cases.join(' ') || 'when false then 0'} end as refusal
    from given g left join changing t on t.of_line = g.line ${joins}
), added as (
  insert into ${table} (${Object.keys(inserted).join(', ')})
  select ${Object.values(inserted).join(', ')} from judged g where refusal is null and not known order by line
)${
    changes.length === 0
      ? ''
      : `, changed as (
  update ${table} t set ${changes.map(([column, value]) => `${column} = ${value}`).join(', ')}
    from judged g where ${match} and g.changes and g.refusal is null
)`
  }
select line, known, changes, refusal from judged`;
}

function equal(key: TargetTable['key']): string {
  return Object.entries(key)
    .map(([column, value]) => `t.${column} = ${value}`)
    .join(' and ');
}
