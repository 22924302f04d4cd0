import type pg from 'pg';
import { decodeCursor, encodeCursor } from '../../http/cursor.js';
import { FieldReader } from '../../http/field-reader.js';

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
const NEWEST = '9223372036854775807';
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** Reads the query of `GET /admin/audit`: `limit` (50 unless given, 200 at most) and `cursor` of the page before. */
export function readAuditQuery(query: unknown): { limit: number; before: string } {
  const reader = new FieldReader(query, 'query', ['limit', 'cursor']);
  const limit = reader.wholeNumber('limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT;
  const cursor = reader.text('cursor', 64);
  const [before] = cursor === undefined ? [NEWEST] : (decodeCursor(cursor, 1) ?? []);
  if (before === undefined || !/^\d{1,18}$|^9223372036854775807$/.test(before)) {
    reader.fault('cursor', 'Must be the nextCursor of the page before.');
  }
  reader.refuseFaults();
  return { limit, before: before as string };
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
