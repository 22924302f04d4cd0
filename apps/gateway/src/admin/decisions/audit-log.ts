import type pg from 'pg';
import { encodeCursor } from '../../http/cursor.js';
import { FieldReader } from '../../http/field-reader.js';
import { readNewestFirst } from '../newest-first.js';

/** One decision, as the API gives it. */
export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly who: string;
  readonly action: string;
  /** Null for a decision about many. */
  readonly orderId: string | null;
  readonly why: string | null;
  readonly details: object;
}

const LIST = `
select id, at, who, action, order_id as "orderId", why, details
  from audit where id < $1 order by id desc limit $2`;

/** Reads the query of `GET /admin/audit`: `limit` (50 unless given, 200 at most) and `cursor` of the page before. */
export function readAuditQuery(query: unknown): { limit: number; before: string } {
  const reader = new FieldReader(query, 'query', ['limit', 'cursor']);
  const place = readNewestFirst(reader);
  reader.refuseFaults();
  return place;
}

/** One page of decisions, the newest first. */
export async function listAudit(
  pool: pg.Pool,
  { limit, before }: { limit: number; before: string },
): Promise<{ entries: AuditEntry[]; nextCursor: string | null }> {
  const { rows } = await pool.query<AuditEntry>({ name: 'list-audit', text: LIST, values: [before, limit + 1] });
  const entries = rows.slice(0, limit);
  const last = rows.length > limit ? entries.at(-1) : undefined;
  return { entries, nextCursor: last === undefined ? null : encodeCursor([last.id]) };
}
