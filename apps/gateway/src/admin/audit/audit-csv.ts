import { stringify } from 'csv-stringify/sync';
import type pg from 'pg';
import { findAudit, type ListedAuditEntry } from './audit-log.js';
import type { AuditQuery } from './audit-query.js';

const PAGE = 1_000;

/** The columns of the export, and what stands in them. */
const COLUMNS: Readonly<Record<string, (entry: ListedAuditEntry) => string | null>> = {
  id: ({ id }) => id,
  at: ({ at }) => at.toISOString(),
  who: ({ who }) => who,
  action: ({ action }) => action,
  orderId: ({ orderId }) => orderId,
  cardNumber: ({ cardNumber }) => cardNumber,
  why: ({ why }) => why,
  details: ({ details }) => JSON.stringify(details),
  position: ({ position }) => position,
  hash: ({ hash }) => hash,
};

/** Quoted throughout; a cell that a spreadsheet would compute begins with an apostrophe. */
const write = (lines: readonly (readonly (string | null)[])[], bom: boolean): string =>
  stringify([...lines], { escape_formulas: true, quoted: true, record_delimiter: 'windows', bom });

/**
 * The audit as CSV (RFC 4180), from a place on to its end, page by page: nothing accumulates for a slow reader. The mark at
 * the beginning says to spreadsheets that it is UTF-8.
 */
export async function* writeAuditCsv(
  pool: pg.Pool,
  { filter, before }: Pick<AuditQuery, 'filter' | 'before'>,
): AsyncGenerator<string> {
  yield write([Object.keys(COLUMNS)], true);
  for (let place: string | undefined = before; place !== undefined;) {
    const entries: ListedAuditEntry[] = await findAudit(pool, filter, { before: place, count: PAGE });
    const lines = entries.map((entry) => Object.values(COLUMNS).map((valueOf) => valueOf(entry)));
    if (lines.length > 0) yield write(lines, false);
    place = entries.length < PAGE ? undefined : entries.at(-1)?.id;
  }
}
