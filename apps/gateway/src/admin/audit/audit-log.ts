import type pg from 'pg';
import { encodeCursor } from '../../http/cursor.js';
import { date } from '../../http/schema/formats.js';
import { NEXT_CURSOR } from '../../http/schema/page.js';
import { listOf, named, object, orNull, text, type Schema, type TypeOf } from '../../http/schema/schema.js';
import { pageOf, rowsFor } from '../../storage/page.js';
import type { AuditFilter, AuditQuery } from './audit-query.js';

const details: Schema<object> = {
  type: 'object',
  additionalProperties: true,
  description: 'What was changed, or asked.',
};
const ENTRY = named(
  'AuditEntry',
  object({
    id: text('Grows.'),
    at: date('When.'),
    who: text('The name of the key; `orders:` before that of a producer.'),
    action: text('What was done, such as `order.resolve`.'),
    orderId: orNull(text('Null for a decision about many orders, and for one about a card.')),
    cardNumber: orNull(text('The card of the programme it is about.')),
    why: orNull(text('The reason given.')),
    details,
    position: orNull(
      text('Its place in the chain, from 1; null until it is sealed, a few seconds after it was written.'),
    ),
    hash: orNull(text('The hash there.')),
  }),
);
/** One entry, as the API gives it. */
export type ListedAuditEntry = TypeOf<typeof ENTRY>;
export const AUDIT_PAGE = named('AuditPage', object({ entries: listOf(ENTRY), nextCursor: NEXT_CURSOR }));

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
