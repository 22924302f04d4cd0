import type { Pool } from 'pg';
import type { OperatorEvent } from '../../../operator-events/operator-events.js';
import { ColumnArrays } from '../../../storage/column-arrays.js';
import { statement } from '../../../storage/statement.js';

/** An operator event that is written once, however often it is found. */
export interface Finding extends OperatorEvent {
  /** The same for the same finding. */
  readonly key: string;
}

const FINDINGS = new ColumnArrays<Finding>({
  key: ['text', ({ key }) => key],
  kind: ['text', ({ kind }) => kind],
  severity: ['text', ({ severity }) => severity],
  message: ['text', ({ message }) => message],
  details: ['jsonb', ({ details }) => JSON.stringify(details)],
});

const NOTE = statement('note-journal-findings')`
with given as (
  select * from ${FINDINGS.rowsAs('g')}
), fresh as (
  insert into send_journal_findings (key) select distinct key from given order by key on conflict do nothing
  returning key
)
insert into operator_events (kind, severity, message, details)
select distinct on (g.key) g.kind, g.severity, g.message, g.details from given g join fresh using (key)`;

const UNDECIDED = statement('find-undecided-findings')`
select f.key from send_journal_findings f cross join sending_guard g where f.key = any($1) and f.at >= g.identity_since`;

/**
 * Which findings are newer than the moment when this ledger was last taken for the true one: by a person who let sending
 * continue, or at its making. Those before it are decided.
 *
 * @returns their keys
 */
export async function findUndecided(pool: Pool, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await pool.query<{ key: string }>({
    ...UNDECIDED,
    values: [keys],
  });
  return new Set(rows.map(({ key }) => key));
}

/**
 * Writes the operator events of new findings.
 * @returns how many were new
 */
export async function noteFindings(pool: Pool, findings: readonly Finding[]): Promise<number> {
  if (findings.length === 0) return 0;
  const { rowCount } = await pool.query({
    ...NOTE,
    values: FINDINGS.of(findings),
  });
  return rowCount ?? 0;
}
