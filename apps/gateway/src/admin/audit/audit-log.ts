import type pg from 'pg';
import { encodeCursor } from '../../http/cursor.js';
import { pageOf, rowsFor } from '../../storage/page.js';
import type { AuditFilter, AuditQuery } from './audit-query.js';

/** One entry, as the API gives it. */
export interface ListedAuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly who: string;
  readonly action: string;
  /** Null for a decision about many orders, and for one about a card. */
  readonly orderId: string | null;
  readonly cardNumber: string | null;
  readonly why: string | null;
  readonly details: object;
  /** Its place in the chain, from 1, and the hash there; null until it is sealed, a few seconds after it was written. */
  readonly position: string | null;
  readonly hash: string | null;
}

/** The newest first. @param before the id that they are below */
export async function findAudit(
  pool: pg.Pool,
  { conditions, values }: AuditFilter,
  { before, count }: { before: string; count: number },
): Promise<ListedAuditEntry[]> {
  const all = [...values, before, count];
  const { rows } = await pool.query<ListedAuditEntry>(
    `select id, at, who, action, order_id as "orderId", card_number as "cardNumber", why, details,
            chain_position::text as position, encode(chain_hash, 'hex') as hash
       from audit where ${[...conditions, `id < $${all.length - 1}`].join(' and ')} order by id desc limit $${all.length}`,
    all,
  );
  return rows;
}

/** One page of the audit, the newest first. */
export async function listAudit(
  pool: pg.Pool,
  { filter, limit, before }: AuditQuery,
): Promise<{ entries: ListedAuditEntry[]; nextCursor: string | null }> {
  const { page: entries, last } = pageOf(await findAudit(pool, filter, { before, count: rowsFor(limit) }), limit);
  return { entries, nextCursor: last === undefined ? null : encodeCursor([last.id]) };
}
