import type { Pool } from 'pg';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';
import type { ImportOutcome, ImportOrigin, ImportView, RejectionView } from './import-answers.js';
import type { ImportTotals } from './pipeline/import-file.js';
import type { Rejection } from './pipeline/rejection.js';

/** So many imports are kept; of each of them so many rejected lines. */
const MOST_IMPORTS_KEPT = 100;
export const MOST_REJECTIONS_KEPT = 10_000;

const BEGIN = statement('begin-import')`
insert into imports (kind, who, began_by) values ($1, $2, $3) returning id`;
const FORGET_OLD = statement('delete-old-imports')`
delete from imports where ended_at is not null and id <= (select id from imports order by id desc offset ${MOST_IMPORTS_KEPT} limit 1)`;

/** @returns the id of the import */
export async function beginImport(
  pool: Pool,
  { kind, who, beganBy }: { readonly kind: string; readonly who: string; readonly beganBy: ImportOrigin },
): Promise<string> {
  const { rows } = await pool.query<{ id: string }>({ ...BEGIN, values: [kind, who, beganBy] });
  await pool.query(FORGET_OLD);
  return rows[0]?.id ?? '';
}

const LINES = new ColumnArrays<Rejection>(
  {
    line: ['bigint', ({ line }) => line],
    field: ['text', ({ field }) => field],
    reason: ['text', ({ reason }) => reason],
  },
  7,
);
const NOTE = statement('note-import')`
with noted as (
  update imports set lines = $2, created = $3, changed = $4, unchanged = $5, rejected = $6, seen_at = now() where id = $1
)
insert into import_rejections (import_id, line, field, reason) select $1, line, field, reason from ${LINES.rowsAs('g')}`;

/** How far an import is, and the lines that it has rejected since the last time. */
export async function noteImport(
  pool: Pool,
  id: string,
  { lines, created, changed, unchanged, rejected }: ImportTotals,
  rejections: readonly Rejection[],
): Promise<void> {
  const values = [id, lines, created, changed, unchanged, rejected, ...LINES.of(rejections)];
  await pool.query({ ...NOTE, values });
}

const END = statement('end-import')`update imports set ended_at = now(), outcome = $2 where id = $1`;

export async function endImport(pool: Pool, id: string, outcome: ImportOutcome): Promise<void> {
  await pool.query({ ...END, values: [id, outcome] });
}

/** An import that has said nothing for so long has ended with its process. */
const LIST = statement('list-imports')`
select id, kind, who, began_by as "beganBy", began_at as "beganAt", lines::float8, created::float8, changed::float8,
       unchanged::float8, rejected::float8, coalesce(ended_at, case when is_lost then seen_at end) as "endedAt",
       coalesce(outcome, case when is_lost then 'stopped' end) as outcome
  from (select *, ended_at is null and seen_at < now() - interval '5 minutes' as is_lost from imports) i
 order by i.id desc`;

/** The newest first. */
export async function listImports(pool: Pool): Promise<ImportView[]> {
  return (await pool.query<ImportView>(LIST)).rows;
}

const REJECTED = statement('list-import-rejections')`
select line::float8, field, reason from import_rejections where import_id = $1 order by line`;

export async function listRejections(pool: Pool, id: string): Promise<RejectionView[]> {
  return (await pool.query<RejectionView>({ ...REJECTED, values: [id] })).rows;
}
